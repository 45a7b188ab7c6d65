-- AlterTable
ALTER TABLE "TryOnJob" ADD COLUMN "sent_at" DATETIME;
ALTER TABLE "TryOnJob" ADD COLUMN "sent_estimate_micro_usd" INTEGER;

-- CreateTable
CREATE TABLE "EngineCostDay" (
    "engine" TEXT NOT NULL,
    "day" TEXT NOT NULL,
    "spent_micro_usd" BIGINT NOT NULL,
    "refused" INTEGER NOT NULL,

    PRIMARY KEY ("engine", "day")
);
