-- CreateIndex
CREATE INDEX "TryOnJob_user_id_api_key_id_idx" ON "TryOnJob"("user_id", "api_key_id");
