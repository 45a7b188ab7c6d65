-- CreateTable
CREATE TABLE "Session" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "ip_address" TEXT NOT NULL,
    "mfa_at" DATETIME,
    "last_seen_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "revoked_at" DATETIME,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "RefreshToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "session_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "spent_at" DATETIME,
    "is_leeway_used" BOOLEAN NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "EmailToken" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "used_at" DATETIME,
    "expires_at" DATETIME NOT NULL,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Mfa" (
    "user_id" TEXT NOT NULL PRIMARY KEY,
    "sealed_secret" TEXT NOT NULL,
    "confirmed_at" DATETIME,
    "last_step" INTEGER NOT NULL,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "RecoveryCode" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "used_at" DATETIME,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "OAuthState" (
    "state_hash" TEXT NOT NULL PRIMARY KEY,
    "cookie_hash" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "sealed_verifier" TEXT NOT NULL,
    "return_path" TEXT NOT NULL,
    "wants_json" BOOLEAN NOT NULL,
    "expires_at" DATETIME NOT NULL,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "LoginThrottle" (
    "subject" TEXT NOT NULL PRIMARY KEY,
    "attempts" INTEGER NOT NULL,
    "blocked_until" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL
);

-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Outbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "next_attempt_at" DATETIME NOT NULL,
    "sent_at" DATETIME,
    "created_at" DATETIME NOT NULL
);
INSERT INTO "new_Outbox" ("channel", "created_at", "id", "next_attempt_at", "payload", "state", "type", "user_id") SELECT "channel", "created_at", "id", "next_attempt_at", "payload", "state", "type", "user_id" FROM "Outbox";
DROP TABLE "Outbox";
ALTER TABLE "new_Outbox" RENAME TO "Outbox";
CREATE INDEX "Outbox_state_next_attempt_at_idx" ON "Outbox"("state", "next_attempt_at");
CREATE INDEX "Outbox_created_at_idx" ON "Outbox"("created_at");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;

-- CreateIndex
CREATE UNIQUE INDEX "Session_token_hash_key" ON "Session"("token_hash");

-- CreateIndex
CREATE INDEX "Session_user_id_created_at_idx" ON "Session"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "Session_expires_at_idx" ON "Session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "RefreshToken_token_hash_key" ON "RefreshToken"("token_hash");

-- CreateIndex
CREATE INDEX "RefreshToken_session_id_spent_at_idx" ON "RefreshToken"("session_id", "spent_at" DESC);

-- CreateIndex
CREATE INDEX "RefreshToken_expires_at_idx" ON "RefreshToken"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "EmailToken_token_hash_key" ON "EmailToken"("token_hash");

-- CreateIndex
CREATE INDEX "EmailToken_user_id_purpose_idx" ON "EmailToken"("user_id", "purpose");

-- CreateIndex
CREATE INDEX "EmailToken_expires_at_idx" ON "EmailToken"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "RecoveryCode_user_id_code_hash_key" ON "RecoveryCode"("user_id", "code_hash");

-- CreateIndex
CREATE INDEX "OAuthState_expires_at_idx" ON "OAuthState"("expires_at");

-- CreateIndex
CREATE INDEX "LoginThrottle_expires_at_idx" ON "LoginThrottle"("expires_at");

-- CreateIndex
CREATE INDEX "User_google_sub_idx" ON "User"("google_sub");
