import { setTimeout as wait } from "node:timers/promises";

export interface Followed {
  jobId: string;
  /** times that the stream broke off before the job had ended, each a gap that the client tells of */
  gaps: number;
  /** event ids in the order in which they came */
  ids: number[];
  last: string;
}

const isFinal = (event: string) => ["completed", "failed", "cancelled"].includes(event);

/** Reads one connection to its end; tells each event. A connection that is cut ends like one that was closed. */
async function read(body: AsyncIterable<Uint8Array>, onEvent: (event: string, id: number) => void) {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const part of body) {
      text += decoder.decode(part, { stream: true });
      const messages = text.split("\n\n");
      text = messages.pop() ?? "";
      for (const message of messages) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(message)?.[1] ?? "";
        if (field("event")) onEvent(field("event"), Number(field("id")));
      }
    }
  } catch {
    // cut off: the caller sees that no final event came
  }
}

/** Follows a job as a shop's page does: on a cut it connects again, to the next address, from the event it last saw. */
export async function followJob(
  urls: string[],
  jobId: string,
  headers: Record<string, string>,
  withinMs: number,
): Promise<Followed> {
  const followed: Followed = { jobId, gaps: 0, ids: [], last: "" };
  const giveUpAt = Date.now() + withinMs;
  for (let turn = 0; Date.now() < giveUpAt; turn += 1) {
    const lastId = followed.ids.at(-1);
    const answer = await fetch(`${urls[turn % urls.length]}/api/v1/tryon/${jobId}/events`, {
      headers: lastId === undefined ? headers : { ...headers, "last-event-id": String(lastId) },
    }).catch(() => null);
    if (answer?.ok && answer.body) {
      await read(answer.body as unknown as AsyncIterable<Uint8Array>, (event, id) => {
        followed.ids.push(id);
        followed.last = event;
      });
      if (isFinal(followed.last)) return followed;
      followed.gaps += 1;
    }
    await wait(100);
  }
  return followed;
}
