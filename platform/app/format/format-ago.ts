const steps = [
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
] as const;
const soonMs = 60_000;

/** "in 23 hours", "5 minutes ago": made on the server alone, since it changes with the minute. */
export function formatAgo(time: Date, now: Date): string {
  const distance = time.getTime() - now.getTime();
  if (Math.abs(distance) < soonMs) return "just now";
  const step = steps.find(({ ms }) => Math.abs(distance) >= ms) ?? { unit: "minute" as const, ms: 60_000 };
  return new Intl.RelativeTimeFormat("en", { numeric: "always" }).format(Math.round(distance / step.ms), step.unit);
}
