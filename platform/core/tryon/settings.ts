/** Times and counts of the try-on jobs (spec §2 Limits, §3 rule 2); configuration. */
export interface TryOnSettings {
  leaseMs: number;
  renewLeaseMs: number;
  maxTries: number;
  /** before the second and third try of a failed one */
  retryDelaysMs: number[];
  maxQueuedMs: number;
  runningPerAccount: number;
  queuedPerAccount: number;
  /** generations a day by role; null = no limit */
  dailyGenerations: Record<"free" | "paid" | "admin", number | null>;
  /** a merchant's own free previews a day */
  previewsPerDay: number;
  credits: Record<"top" | "full", number>;
  keyBudget: { shareOfBalance: number; least: number; most: number };
  /** what the engine's calls may cost on one UTC day, all processes together */
  engineCostCapMicroUsd: number;
  verdictTtlMs: number;
  /** what the merchant's own results (secret key or session) are kept for */
  ownResultHours: number;
  consentVersion: string;
}

export const defaultTryOnSettings: TryOnSettings = {
  leaseMs: 30_000,
  renewLeaseMs: 10_000,
  maxTries: 3,
  retryDelaysMs: [5_000, 20_000],
  maxQueuedMs: 10 * 60_000,
  runningPerAccount: 10,
  queuedPerAccount: 200,
  dailyGenerations: { free: 50, paid: 10_000, admin: null },
  previewsPerDay: 20,
  credits: { top: 1, full: 2 },
  keyBudget: { shareOfBalance: 0.2, least: 10, most: 200 },
  engineCostCapMicroUsd: 50_000_000,
  verdictTtlMs: 10 * 60_000,
  ownResultHours: 30 * 24,
  consentVersion: "2026-11",
};
