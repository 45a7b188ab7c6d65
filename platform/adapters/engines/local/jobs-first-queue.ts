import type { TaskQueue } from "piscina";
import { Piscina } from "piscina";

type Task = Parameters<TaskQueue["push"]>[0];

/** Marks a task as part of a job that runs already: its time limit counts while it waits. */
export const asJob = { [Piscina.queueOptionsSymbol]: { isJob: true } };

const optionsSymbol = Piscina.queueOptionsSymbol;
const isJob = (task: Task) =>
  (task as unknown as Record<symbol, { isJob?: boolean } | null>)[optionsSymbol]?.isJob === true;

/**
 * Jobs before checks, each in order. Checks do not starve: the next job is claimed only when one has ended, and by
 * then a waiting check has the thread.
 */
export function createJobsFirstQueue(): TaskQueue {
  const jobs: Task[] = [];
  const checks: Task[] = [];
  return {
    get size() {
      return jobs.length + checks.length;
    },
    shift: () => jobs.shift() ?? checks.shift() ?? null,
    push: (task) => void (isJob(task) ? jobs : checks).push(task),
    remove: (task) => {
      for (const list of [jobs, checks]) {
        const at = list.indexOf(task);
        if (at >= 0) list.splice(at, 1);
      }
    },
  };
}
