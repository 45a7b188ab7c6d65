import { z } from "zod";
import { defaultImageLimits } from "../adapters/images/create-image-preparer.ts";
import { defaultBodyLimits } from "../api/middleware/limit-body.ts";
import type { RequestLimits } from "../core/access/limits.ts";
import { defaultLimits } from "../core/access/limits.ts";
import { defaultFreeAllowance } from "../core/credits/allowance.ts";
import { defaultTryOnSettings } from "../core/tryon/settings.ts";

const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);
const million = 1_000_000;
const percent = 100;
const { dailyGenerations, keyBudget } = defaultTryOnSettings;

/** Every limit of the API as a variable of the environment (docs/operations.md); none is off by default. */
export const limitVariables = {
  LIMIT_REQUESTS_PER_MINUTE: count(defaultLimits.requestsPerMinute),
  LIMIT_SECRET_KEY_PER_HOUR: count(defaultLimits.secretKeyRequestsPerHour),
  LIMIT_CHECKS_PER_MINUTE: count(defaultLimits.checksPerMinute),
  LIMIT_OWN_CHECKS_PER_HOUR: count(defaultLimits.ownChecksPerHour),
  LIMIT_SHOPPER_JOBS_PER_HOUR: count(defaultLimits.shopperJobsPerHour),
  LIMIT_SHOPPER_JOBS_PER_DAY: count(defaultLimits.shopperJobsPerDay),
  LIMIT_SHOPPER_ID_JOBS_PER_DAY: count(defaultLimits.shopperIdJobsPerDay),
  LIMIT_JOB_READS_PER_SECOND: count(defaultLimits.jobReadsPerSecond),
  LIMIT_SITE_OWN_PHOTOS_PER_DAY: count(defaultLimits.siteOwnPhotosPerDay),
  LIMIT_SITE_OWN_PHOTOS_IN_ALL_PER_DAY: count(defaultLimits.siteOwnPhotosInAllPerDay),
  LIMIT_SITE_SAMPLES_PER_HOUR: count(defaultLimits.siteSamplesPerHour),
  LIMIT_GENERATIONS_PER_DAY_FREE: count(dailyGenerations.free ?? 0),
  LIMIT_GENERATIONS_PER_DAY_PAID: count(dailyGenerations.paid ?? 0),
  LIMIT_PREVIEWS_PER_DAY: count(defaultTryOnSettings.previewsPerDay),
  LIMIT_RUNNING_PER_ACCOUNT: count(defaultTryOnSettings.runningPerAccount),
  LIMIT_QUEUED_PER_ACCOUNT: count(defaultTryOnSettings.queuedPerAccount),
  LIMIT_WAITING_CHECKS: count(64),
  LIMIT_IMAGE_MB: count(defaultImageLimits.maxBytes / million),
  LIMIT_IMAGE_MEGAPIXELS: count(defaultImageLimits.maxPixels / million),
  LIMIT_IMAGE_LEAST_SIDE: count(defaultImageLimits.minSide),
  LIMIT_MULTIPART_MB: count(defaultBodyLimits.multipartBytes / million),
  LIMIT_JSON_MB: count(defaultBodyLimits.otherBytes / million),
  KEY_BUDGET_PERCENT: count(keyBudget.shareOfBalance * percent),
  KEY_BUDGET_LEAST: count(keyBudget.least),
  KEY_BUDGET_MOST: count(keyBudget.most),
  FREE_CREDITS_PER_DAY_FREE: count(defaultFreeAllowance.free),
  FREE_CREDITS_PER_DAY_PAID: count(defaultFreeAllowance.paid),
  FREE_CREDITS_PER_DAY_ADMIN: count(defaultFreeAllowance.admin),
};

type Limits = { [Name in keyof typeof limitVariables]: number };

/** What the rate limiter counts. */
export const toRequestLimits = (env: Limits): RequestLimits => ({
  requestsPerMinute: env.LIMIT_REQUESTS_PER_MINUTE,
  secretKeyRequestsPerHour: env.LIMIT_SECRET_KEY_PER_HOUR,
  checksPerMinute: env.LIMIT_CHECKS_PER_MINUTE,
  ownChecksPerHour: env.LIMIT_OWN_CHECKS_PER_HOUR,
  shopperJobsPerHour: env.LIMIT_SHOPPER_JOBS_PER_HOUR,
  shopperJobsPerDay: env.LIMIT_SHOPPER_JOBS_PER_DAY,
  shopperIdJobsPerDay: env.LIMIT_SHOPPER_ID_JOBS_PER_DAY,
  jobReadsPerSecond: env.LIMIT_JOB_READS_PER_SECOND,
  siteOwnPhotosPerDay: env.LIMIT_SITE_OWN_PHOTOS_PER_DAY,
  siteOwnPhotosInAllPerDay: env.LIMIT_SITE_OWN_PHOTOS_IN_ALL_PER_DAY,
  siteSamplesPerHour: env.LIMIT_SITE_SAMPLES_PER_HOUR,
});

/** The limits that are not counted by the rate limiter: of jobs, pictures, bodies, checks and free credits. */
export const toBounds = (env: Limits, engineCostCapMicroUsd: number) => ({
  tryOns: {
    ...defaultTryOnSettings,
    engineCostCapMicroUsd,
    runningPerAccount: env.LIMIT_RUNNING_PER_ACCOUNT,
    queuedPerAccount: env.LIMIT_QUEUED_PER_ACCOUNT,
    previewsPerDay: env.LIMIT_PREVIEWS_PER_DAY,
    dailyGenerations: {
      free: env.LIMIT_GENERATIONS_PER_DAY_FREE,
      paid: env.LIMIT_GENERATIONS_PER_DAY_PAID,
      admin: null,
    },
    keyBudget: {
      shareOfBalance: env.KEY_BUDGET_PERCENT / percent,
      least: env.KEY_BUDGET_LEAST,
      most: env.KEY_BUDGET_MOST,
    },
  },
  images: {
    ...defaultImageLimits,
    maxBytes: env.LIMIT_IMAGE_MB * million,
    maxPixels: env.LIMIT_IMAGE_MEGAPIXELS * million,
    minSide: env.LIMIT_IMAGE_LEAST_SIDE,
  },
  body: { multipartBytes: env.LIMIT_MULTIPART_MB * million, otherBytes: env.LIMIT_JSON_MB * million },
  waitingChecks: env.LIMIT_WAITING_CHECKS,
  freeAllowance: {
    free: env.FREE_CREDITS_PER_DAY_FREE,
    paid: env.FREE_CREDITS_PER_DAY_PAID,
    admin: env.FREE_CREDITS_PER_DAY_ADMIN,
  },
});
