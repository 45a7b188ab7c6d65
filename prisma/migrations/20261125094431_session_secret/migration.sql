-- AlterTable
ALTER TABLE "APIKey" ADD COLUMN "session_secret" TEXT;
