-- DropIndex
DROP INDEX "TryOnJob_user_id_product_id_created_at_idx";

-- CreateIndex
CREATE INDEX "TryOnJob_user_id_mode_key_mode_created_at_id_idx" ON "TryOnJob"("user_id", "mode", "key_mode", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "TryOnJob_user_id_product_id_key_mode_created_at_id_idx" ON "TryOnJob"("user_id", "product_id", "key_mode", "created_at" DESC, "id" DESC);
