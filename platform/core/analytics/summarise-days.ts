import { dayName } from "../credits/day.ts";
import type { JobStatus } from "../model.ts";
import type { JobDay } from "../ports.ts";

export const dayMs = 86_400_000;

/** How many jobs of one UTC day stand where. */
export interface DaySummary {
  /** YYYY-MM-DD */
  day: string;
  jobs: Record<JobStatus, number>;
  credits: number;
}

const noJobs = { queued: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 };

/** Every day from `from` on, also those without a job. */
export function summariseDays(rows: JobDay[], from: Date, days: number): DaySummary[] {
  const summaries = Array.from({ length: days }, (_, index) => ({
    day: dayName(new Date(from.getTime() + index * dayMs)),
    jobs: { ...noJobs },
    credits: 0,
  }));
  const byDay = new Map(summaries.map((summary) => [summary.day, summary]));
  for (const { day, status, jobs, credits } of rows) {
    const summary = byDay.get(day);
    if (!summary) continue;
    summary.jobs[status] += jobs;
    summary.credits += credits;
  }
  return summaries;
}

/** The part of the jobs that ended by themselves which has a picture, 0 to 1; null when none has ended. What was cancelled says nothing. */
export function successRate(days: DaySummary[]): number | null {
  const sum = (status: JobStatus) => days.reduce((total, { jobs }) => total + jobs[status], 0);
  const [completed, failed] = [sum("completed"), sum("failed")];
  return completed + failed === 0 ? null : completed / (completed + failed);
}

/** The middle one, the lower of the two middle ones; null of none. */
export function median(numbers: number[]): number | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? null;
}
