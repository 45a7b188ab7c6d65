import type { Job } from "./api.ts";
import type { Ask } from "./ask-job.ts";
import { hasEnded, isPassing, pause } from "./ask-job.ts";

const tries = 30;

/** Each state of a job by asking for it; loaded where streams do not get through. */
export async function* pollJob(ask: Ask, signal: AbortSignal, everyMs: number): AsyncGenerator<Job> {
  for (let failures = 0; !signal.aborted; await pause(everyMs)) {
    try {
      const state = (await (await ask("", signal)).json()) as Job;
      failures = 0;
      yield state;
      if (hasEnded(state)) return;
    } catch (error) {
      failures += 1;
      if (signal.aborted || failures > tries || !isPassing(error)) throw error;
    }
  }
}
