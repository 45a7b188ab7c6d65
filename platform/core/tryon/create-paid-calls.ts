import { dayName } from "../credits/day.ts";
import { AppError } from "../errors.ts";
import type { TryOnJob } from "../model.ts";
import type { PaidCalls } from "../ports.ts";
import type { TryOnDeps } from "./deps.ts";
import type { Lease } from "./hold-lease.ts";

/**
 * Books the calls of one try. Before a call leaves, its estimate is taken from the day's cap and the job is marked; the
 * answer clears the mark and puts the real cost in the estimate's place. A job that ends while marked keeps the estimate
 * (end-job), and one whose worker dies while marked is not run again (recover-jobs).
 *
 * Each step is one statement and no transaction binds them: the day's row is everybody's, and must not become a queue.
 * A process that dies between two steps leaves an estimate on the day, never a call that is not counted.
 */
export function createPaidCalls(deps: TryOnDeps, job: TryOnJob, lease: Pick<Lease, "lose">) {
  const { store, clock, settings, holder, log } = deps;
  let out: { day: string; estimate: number } | null = null;
  let cost = job.cost_micro_usd ?? 0;

  const lose = () => {
    lease.lose();
    return new AppError("internal", { log: "the job is no longer ours: its call does not count as its own" });
  };

  /** Without it the estimate stays on the day: no reason to lose the job or its picture. */
  const settle = (day: string, difference: number) =>
    store.engineCosts.settle(job.engine, day, difference).catch((error: unknown) => {
      log.warn({ job_id: job.id, difference, error: String(error) }, "a call's cost was not settled");
    });

  const begin: PaidCalls["begin"] = async (estimate) => {
    const now = clock.now();
    const day = dayName(now);
    const reserved = await store.engineCosts.reserve(job.engine, day, settings.engineCostCapMicroUsd, estimate);
    if (!reserved) throw await refuse(deps, job, day);
    const mark = {
      sent_at: now,
      sent_estimate_micro_usd: estimate,
      lease_until: new Date(now.getTime() + settings.leaseMs),
    };
    let isMarked = false;
    try {
      isMarked = (await store.tryOnJobs.transition(job.id, ["processing"], mark, now, holder)) !== null;
    } finally {
      // what is not marked is not sent
      if (!isMarked) await settle(day, -estimate);
    }
    if (!isMarked) throw lose();
    out = { day, estimate };
  };

  const end: PaidCalls["end"] = async (actual) => {
    if (!out) return;
    const { day, estimate } = out;
    const unmark = { sent_at: null, sent_estimate_micro_usd: null, cost_micro_usd: cost + actual };
    const row = await store.tryOnJobs.transition(job.id, ["processing"], unmark, clock.now(), holder);
    out = null;
    // the job was ended meanwhile, with the estimate as its cost: day and row stay alike
    if (!row) throw lose();
    cost += actual;
    await settle(day, actual - estimate);
  };

  return { begin, end, isOut: () => out !== null };
}

/** The first refusal of a day is told to the operator. */
async function refuse({ store, alerts, settings }: TryOnDeps, job: TryOnJob, day: string) {
  const refusals = await store.engineCosts.noteRefusal(job.engine, day);
  if (refusals === 1) {
    const { spent_micro_usd = 0 } = (await store.engineCosts.find(job.engine, day)) ?? {};
    const cap = settings.engineCostCapMicroUsd;
    alerts.raise("engine_cost_cap", { engine: job.engine, day, spent_micro_usd, cap_micro_usd: cap });
  }
  return new AppError("engine_unavailable", { isFinal: true, log: `the cost cap of ${day} is reached` });
}
