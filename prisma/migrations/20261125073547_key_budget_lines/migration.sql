-- AlterTable
ALTER TABLE "APIKey" ADD COLUMN "budget_key_id" TEXT;
