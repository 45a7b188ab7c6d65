import type { RateLimit } from "../ports.ts";

/** Every request limit of spec §2 with its default; each is a setting of the environment. */
export interface RequestLimits {
  requestsPerMinute: number;
  secretKeyRequestsPerHour: number;
  checksPerMinute: number;
  ownChecksPerHour: number;
  shopperJobsPerHour: number;
  shopperJobsPerDay: number;
  shopperIdJobsPerDay: number;
  jobReadsPerSecond: number;
  /** the landing page's try-on: own photos by address and in all, sample people by address */
  siteOwnPhotosPerDay: number;
  siteOwnPhotosInAllPerDay: number;
  siteSamplesPerHour: number;
}

export const defaultLimits: RequestLimits = {
  requestsPerMinute: 100,
  secretKeyRequestsPerHour: 1000,
  checksPerMinute: 10,
  ownChecksPerHour: 600,
  shopperJobsPerHour: 10,
  shopperJobsPerDay: 30,
  shopperIdJobsPerDay: 10,
  jobReadsPerSecond: 2,
  siteOwnPhotosPerDay: 3,
  siteOwnPhotosInAllPerDay: 500,
  siteSamplesPerHour: 60,
};

const minute = 60;
const hour = 3600;
const day = 86_400;

/** The limits by name, as the rate limiter counts them. */
export const namedLimits = (limits: RequestLimits) =>
  ({
    ip: { name: "ip", points: limits.requestsPerMinute, windowS: minute },
    secretKey: { name: "key", points: limits.secretKeyRequestsPerHour, windowS: hour },
    checkByIp: { name: "check-ip", points: limits.checksPerMinute, windowS: minute },
    checkByKey: { name: "check-key", points: limits.ownChecksPerHour, windowS: hour },
    shopperHour: { name: "jobs-ip-hour", points: limits.shopperJobsPerHour, windowS: hour },
    shopperDay: { name: "jobs-ip-day", points: limits.shopperJobsPerDay, windowS: day },
    shopperId: { name: "jobs-shopper", points: limits.shopperIdJobsPerDay, windowS: day },
    siteOwnPhotos: { name: "site-own-ip", points: limits.siteOwnPhotosPerDay, windowS: day },
    siteOwnPhotosInAll: { name: "site-own-all", points: limits.siteOwnPhotosInAllPerDay, windowS: day },
    siteSamples: { name: "site-samples-ip", points: limits.siteSamplesPerHour, windowS: hour },
    // over ten seconds, so that a burst of two reads at once is not a fault
    jobReads: { name: "job-reads", points: limits.jobReadsPerSecond * 10, windowS: 10 },
  }) satisfies Record<string, RateLimit>;

export type NamedLimits = ReturnType<typeof namedLimits>;
