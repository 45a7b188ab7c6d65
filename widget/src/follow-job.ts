import type { Job } from "./api.ts";
import { ApiProblem } from "./api-problem.ts";
import type { Ask } from "./ask-job.ts";
import { hasEnded, isPassing, pause } from "./ask-job.ts";
import { readEvents } from "./read-events.ts";

export interface FollowTimes {
  /** a stream that says nothing for so long does not get through (the server says something every 15 s) */
  firstMs: number;
  quietMs: number;
  /** between two looks; the server answers two a second */
  pollMs: number;
}

const usual: FollowTimes = { firstMs: 4_000, quietMs: 25_000, pollMs: 1_000 };
const streamTries = 2;
/** The states that one stream brings; it is given up when it falls silent. */
async function* stream(ask: Ask, signal: AbortSignal, { firstMs, quietMs }: FollowTimes): AsyncGenerator<Job> {
  const silence = new AbortController();
  const giveUp = () => silence.abort();
  let timer = setTimeout(giveUp, firstMs);
  const either = AbortSignal.any([signal, silence.signal]);
  try {
    const { body } = await ask("/events", either);
    if (!body) return;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(giveUp, quietMs);
    };
    for await (const { data } of readEvents(body, heard)) yield JSON.parse(data) as Job;
  } finally {
    clearTimeout(timer);
  }
}

/** Each state of a job until it has ended: by the event stream, or by asking when streams do not get through. */
export async function* followJob(ask: Ask, signal: AbortSignal, times = usual): AsyncGenerator<Job> {
  for (let tries = 0; tries < streamTries && !signal.aborted; tries += 1) {
    try {
      for await (const state of stream(ask, signal, times)) {
        yield state;
        if (hasEnded(state)) return;
      }
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
      // silent or cut on the way: the next stream would be too
      if (!(error instanceof ApiProblem)) break;
    }
    await pause(times.pollMs);
  }
  const { pollJob } = await import("./poll-job.ts");
  yield* pollJob(ask, signal, times.pollMs);
}
