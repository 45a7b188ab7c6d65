import type { FreeAllowance } from "../credits/allowance.ts";
import { allowanceOf } from "../credits/allowance.ts";
import { dayStart } from "../credits/day.ts";
import { getBalance } from "../credits/get-balance.ts";
import type { JobStatus, KeyMode, User } from "../model.ts";
import type { Store } from "../ports.ts";
import type { DaySummary } from "./summarise-days.ts";
import { dayMs, median, successRate, summariseDays } from "./summarise-days.ts";

const trendDays = 30;
/** enough for a median that one slow job does not move */
const timesLooked = 500;

export interface CreditOverview {
  free: number;
  paid: number;
  used: number;
  /** free ones a day */
  allowance: number;
  renewsAt: Date;
}

/** What the first page of the dashboard tells. Merchants' own previews are in none of it. */
export interface Overview {
  credits: CreditOverview;
  today: Record<JobStatus, number>;
  /** the last 30 days, today last */
  days: DaySummary[];
  /** 0 to 1; null while nothing has ended */
  successRate: number | null;
  medianMs: number | null;
}

interface OverviewDeps {
  store: Store;
  allowance: FreeAllowance;
}

/** What the account has, and when free credits come next. */
export async function getCreditOverview(
  { store, allowance }: OverviewDeps,
  user: User,
  now: Date,
): Promise<CreditOverview> {
  const balance = await getBalance(store, user.id, allowance, now);
  return {
    free: balance.daily_free_credits,
    paid: balance.credits,
    used: balance.total_used,
    allowance: allowanceOf(user, allowance),
    renewsAt: new Date(dayStart(now).getTime() + dayMs),
  };
}

/** Credits, today and the last 30 days of an account, of live or of test keys alone. */
export async function getOverview(deps: OverviewDeps, user: User, keyMode: KeyMode, now: Date): Promise<Overview> {
  const today = dayStart(now);
  const tomorrow = new Date(today.getTime() + dayMs);
  const from = new Date(tomorrow.getTime() - trendDays * dayMs);
  const { store } = deps;
  const [credits, rows, times] = await Promise.all([
    getCreditOverview(deps, user, now),
    store.tryOnJobs.countByDay(user.id, keyMode, from, tomorrow),
    store.tryOnJobs.listTimes(user.id, keyMode, from, timesLooked),
  ]);
  const days = summariseDays(rows, from, trendDays);
  return {
    credits,
    today: (days.at(-1) as DaySummary).jobs,
    days,
    successRate: successRate(days),
    medianMs: median(times),
  };
}
