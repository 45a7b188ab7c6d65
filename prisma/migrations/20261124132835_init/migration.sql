-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "email" TEXT NOT NULL,
    "email_normalised" TEXT NOT NULL,
    "password_hash" TEXT,
    "auth_provider" TEXT NOT NULL,
    "google_sub" TEXT,
    "role" TEXT NOT NULL,
    "credits" INTEGER NOT NULL,
    "daily_free_credits" INTEGER NOT NULL,
    "last_free_credit_reset" DATETIME,
    "first_name" TEXT,
    "last_name" TEXT,
    "profile_picture" TEXT,
    "company" TEXT,
    "gstin" TEXT,
    "address" TEXT,
    "state_code" TEXT,
    "is_active" BOOLEAN NOT NULL,
    "is_email_verified" BOOLEAN NOT NULL,
    "is_suspended" BOOLEAN NOT NULL,
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "last_login" DATETIME,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "MerchantSettings" (
    "user_id" TEXT NOT NULL PRIMARY KEY,
    "photo_retention_hours" INTEGER NOT NULL,
    "result_retention_hours" INTEGER NOT NULL,
    "shopper_daily_cap" INTEGER NOT NULL,
    "allowed_modes" JSONB NOT NULL,
    "widget_texts" JSONB NOT NULL,
    "widget_look" JSONB NOT NULL,
    "allow_garment_bytes" BOOLEAN NOT NULL,
    "show_shopper_results" BOOLEAN NOT NULL,
    "monthly_key_budget" INTEGER,
    "daily_key_budget" INTEGER,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "CreditTransaction" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "credits" INTEGER NOT NULL,
    "bucket" TEXT NOT NULL,
    "balance_after" INTEGER NOT NULL,
    "description" TEXT NOT NULL,
    "reference_type" TEXT NOT NULL,
    "reference_id" TEXT NOT NULL,
    "metadata" JSONB,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "APIKey" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "key_hash" TEXT NOT NULL,
    "key_prefix" TEXT NOT NULL,
    "public_value" TEXT,
    "name" TEXT NOT NULL,
    "allowed_origins" JSONB NOT NULL,
    "garment_hosts" JSONB NOT NULL,
    "daily_budget" INTEGER,
    "require_session" BOOLEAN NOT NULL,
    "last_used" DATETIME,
    "usage_count" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL,
    "expires_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    "updated_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "KeyBudgetDay" (
    "api_key_id" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "budget" INTEGER NOT NULL,
    "spent" INTEGER NOT NULL,

    PRIMARY KEY ("api_key_id", "day")
);

-- CreateTable
CREATE TABLE "TryOnJob" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "api_key_id" TEXT,
    "key_mode" TEXT NOT NULL,
    "job_token_hash" TEXT,
    "product_id" TEXT,
    "product_url" TEXT,
    "shopper_id" TEXT,
    "consent_version" TEXT,
    "consent_at" DATETIME,
    "person_image" TEXT,
    "top_image" TEXT,
    "bottom_image" TEXT,
    "person_hash" TEXT,
    "top_hash" TEXT,
    "bottom_hash" TEXT,
    "mode" TEXT NOT NULL,
    "engine" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "progress" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "prompt_used" TEXT,
    "prompt_id" TEXT,
    "prompt_version" INTEGER,
    "output_image" TEXT,
    "preview" BOOLEAN NOT NULL,
    "confidence" REAL,
    "warnings" JSONB NOT NULL,
    "credits_used" INTEGER NOT NULL,
    "charged_free" INTEGER NOT NULL,
    "charged_paid" INTEGER NOT NULL,
    "cost_micro_usd" INTEGER,
    "outcome_unknown" BOOLEAN NOT NULL,
    "error_code" TEXT,
    "error_message" TEXT,
    "retry_count" INTEGER NOT NULL,
    "processing_time_ms" INTEGER,
    "run_after" DATETIME NOT NULL,
    "lease_holder" TEXT,
    "lease_until" DATETIME,
    "cancel_requested_at" DATETIME,
    "created_at" DATETIME NOT NULL,
    "started_at" DATETIME,
    "completed_at" DATETIME,
    "photo_expires_at" DATETIME,
    "expires_at" DATETIME,
    "updated_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "IdempotencyRecord" (
    "scope" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "answer" TEXT,
    "job_id" TEXT,
    "holder" TEXT NOT NULL,
    "started_at" DATETIME NOT NULL,
    "expires_at" DATETIME NOT NULL,

    PRIMARY KEY ("scope", "key")
);

-- CreateTable
CREATE TABLE "Prompt" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL,
    "created_by" TEXT NOT NULL,
    "notes" TEXT,
    "activated_at" DATETIME,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "AuthEvent" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "user_id" TEXT,
    "api_key_id" TEXT,
    "subject" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "ip_address" TEXT,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Outbox" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "user_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "next_attempt_at" DATETIME NOT NULL,
    "created_at" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL PRIMARY KEY,
    "holder" TEXT NOT NULL,
    "until" DATETIME NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "User_email_normalised_key" ON "User"("email_normalised");

-- CreateIndex
CREATE INDEX "User_role_idx" ON "User"("role");

-- CreateIndex
CREATE INDEX "User_created_at_idx" ON "User"("created_at" DESC);

-- CreateIndex
CREATE INDEX "CreditTransaction_user_id_created_at_id_idx" ON "CreditTransaction"("user_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "CreditTransaction_created_at_idx" ON "CreditTransaction"("created_at" DESC);

-- CreateIndex
CREATE INDEX "CreditTransaction_type_idx" ON "CreditTransaction"("type");

-- CreateIndex
CREATE UNIQUE INDEX "CreditTransaction_user_id_reference_type_reference_id_type_bucket_key" ON "CreditTransaction"("user_id", "reference_type", "reference_id", "type", "bucket");

-- CreateIndex
CREATE UNIQUE INDEX "APIKey_key_hash_key" ON "APIKey"("key_hash");

-- CreateIndex
CREATE INDEX "APIKey_user_id_idx" ON "APIKey"("user_id");

-- CreateIndex
CREATE INDEX "APIKey_is_active_idx" ON "APIKey"("is_active");

-- CreateIndex
CREATE INDEX "TryOnJob_user_id_status_idx" ON "TryOnJob"("user_id", "status");

-- CreateIndex
CREATE INDEX "TryOnJob_user_id_created_at_id_idx" ON "TryOnJob"("user_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "TryOnJob_user_id_product_id_created_at_idx" ON "TryOnJob"("user_id", "product_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "TryOnJob_status_run_after_created_at_idx" ON "TryOnJob"("status", "run_after", "created_at");

-- CreateIndex
CREATE INDEX "TryOnJob_status_lease_until_idx" ON "TryOnJob"("status", "lease_until");

-- CreateIndex
CREATE INDEX "TryOnJob_created_at_idx" ON "TryOnJob"("created_at" DESC);

-- CreateIndex
CREATE INDEX "TryOnJob_photo_expires_at_idx" ON "TryOnJob"("photo_expires_at");

-- CreateIndex
CREATE INDEX "TryOnJob_expires_at_idx" ON "TryOnJob"("expires_at");

-- CreateIndex
CREATE INDEX "IdempotencyRecord_expires_at_idx" ON "IdempotencyRecord"("expires_at");

-- CreateIndex
CREATE INDEX "Prompt_type_is_active_idx" ON "Prompt"("type", "is_active");

-- CreateIndex
CREATE UNIQUE INDEX "Prompt_type_version_key" ON "Prompt"("type", "version");

-- CreateIndex
CREATE UNIQUE INDEX "AuthEvent_subject_key" ON "AuthEvent"("subject");

-- CreateIndex
CREATE INDEX "AuthEvent_user_id_created_at_idx" ON "AuthEvent"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "Outbox_state_next_attempt_at_idx" ON "Outbox"("state", "next_attempt_at");
