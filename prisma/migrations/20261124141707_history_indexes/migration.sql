-- DropIndex
DROP INDEX "TryOnJob_user_id_status_idx";

-- CreateIndex
CREATE INDEX "TryOnJob_user_id_credits_used_idx" ON "TryOnJob"("user_id", "credits_used");

-- CreateIndex
CREATE INDEX "TryOnJob_user_id_key_mode_created_at_id_idx" ON "TryOnJob"("user_id", "key_mode", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "TryOnJob_user_id_status_key_mode_created_at_id_idx" ON "TryOnJob"("user_id", "status", "key_mode", "created_at" DESC, "id" DESC);
