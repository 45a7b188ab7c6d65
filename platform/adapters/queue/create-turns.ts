import type { TryOnJob } from "../../core/model.ts";

const accountsRemembered = 1_000;

/**
 * Accounts take turns: the store puts those with the fewest running jobs first, which tells nothing while one job runs
 * at a time. Here the account that was served longest ago comes next.
 */
export function createTurns() {
  const served = new Map<string, number>();
  let turn = 0;
  return {
    /** Takes the next job out of the list. */
    takeNext: (jobs: TryOnJob[]): TryOnJob | undefined => {
      const lastTurn = ({ user_id }: TryOnJob) => served.get(user_id) ?? 0;
      const next = jobs.reduce<TryOnJob | undefined>(
        (first, job) => (first && lastTurn(first) <= lastTurn(job) ? first : job),
        undefined,
      );
      if (!next) return undefined;
      jobs.splice(jobs.indexOf(next), 1);
      turn += 1;
      served.delete(next.user_id);
      served.set(next.user_id, turn);
      const oldest = served.keys().next().value;
      if (served.size > accountsRemembered && oldest !== undefined) served.delete(oldest);
      return next;
    },
  };
}
