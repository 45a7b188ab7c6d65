import { dayName } from "../credits/day.ts";
import { AppError } from "../errors.ts";
import type { TryOnJob } from "../model.ts";
import type { PaidCalls } from "../ports.ts";
import type { TryOnDeps } from "./deps.ts";
import type { Lease } from "./hold-lease.ts";

const notOurs = () => new AppError("internal", { log: "the job is no longer ours: its call is not made" });

/**
 * Books the calls of one try. Before a call leaves, its estimate is taken from the day's cap and the row is marked, in
 * one transaction; the answer puts the real cost in its place and clears the mark. A job that ends while marked keeps
 * the estimate (end-job), and one whose worker dies while marked is not run again (recover-jobs).
 */
export function createPaidCalls(deps: TryOnDeps, job: TryOnJob, lease: Pick<Lease, "lose">) {
  const { store, clock, settings, holder } = deps;
  let out: { day: string; estimate: number } | null = null;
  let cost = job.cost_micro_usd ?? 0;

  const lose = () => {
    lease.lose();
    return notOurs();
  };

  const begin: PaidCalls["begin"] = async (estimate) => {
    const now = clock.now();
    const day = dayName(now);
    const outcome = await store.transaction(async (tx) => {
      const reserved = await tx.engineCosts.reserve(job.engine, day, settings.engineCostCapMicroUsd, estimate);
      if (!reserved) return "capped";
      const mark = {
        sent_at: now,
        sent_estimate_micro_usd: estimate,
        lease_until: new Date(now.getTime() + settings.leaseMs),
      };
      // what is not marked must not be sent: the throw takes the reservation back
      if (!(await tx.tryOnJobs.transition(job.id, ["processing"], mark, now, holder))) throw lose();
      return "marked";
    });
    if (outcome === "capped") throw await refuse(deps, job, day);
    out = { day, estimate };
  };

  const end: PaidCalls["end"] = async (actual) => {
    if (!out) return;
    const { day, estimate } = out;
    const unmark = { sent_at: null, sent_estimate_micro_usd: null, cost_micro_usd: cost + actual };
    const isOurs = await store.transaction(async (tx) => {
      const row = await tx.tryOnJobs.transition(job.id, ["processing"], unmark, clock.now(), holder);
      // the job was ended meanwhile, with the estimate as its cost: day and row stay alike
      if (row) await tx.engineCosts.settle(job.engine, day, actual - estimate);
      return row !== null;
    });
    out = null;
    cost += actual;
    if (!isOurs) throw lose();
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
