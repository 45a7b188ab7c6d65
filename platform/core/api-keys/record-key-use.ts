import { v7 as uuidv7 } from "uuid";
import type { ApiKey, AuthEvent } from "../model.ts";
import type { Clock, Logger, Store } from "../ports.ts";

/** origins remembered as noted; one that is forgotten is only noted in vain */
const originsRemembered = 10_000;

/** What is written of one flush after the other: counted uses, and origins that a key was not used from before. */
export function createKeyUseRecorder(store: Store, clock: Clock, log: Logger) {
  const uses = new Map<string, { count: number; at: Date }>();
  const seen = new Set<string>();
  const newOrigins: { subject: string; event: AuthEvent }[] = [];

  const noteOrigin = ({ id, user_id }: ApiKey, origin: string, ip: string) => {
    const subject = `new_origin:${id}:${origin}`;
    if (seen.has(subject)) return;
    if (seen.size >= originsRemembered) seen.clear();
    seen.add(subject);
    const event = { id: uuidv7(), kind: "new_origin", user_id, api_key_id: id, detail: { origin }, ip_address: ip };
    newOrigins.push({ subject, event: { ...event, created_at: clock.now() } });
  };

  const attempt = (write: Promise<unknown>) =>
    write.catch((error: unknown) => log.warn({ error: String(error) }, "key uses not recorded"));

  return {
    /** Counts one use in memory: a row is not rewritten for every request. */
    note: (key: ApiKey, origin: string | null, ip: string) => {
      uses.set(key.id, { count: (uses.get(key.id)?.count ?? 0) + 1, at: clock.now() });
      if (key.kind === "publishable" && origin !== null) noteOrigin(key, origin, ip);
    },
    flush: async () => {
      const batch = [...uses];
      uses.clear();
      for (const [id, { count, at }] of batch) await attempt(store.apiKeys.recordUse(id, count, at));
      for (const { event, subject } of newOrigins.splice(0)) await attempt(store.authEvents.insertOnce(event, subject));
    },
  };
}

export type KeyUseRecorder = ReturnType<typeof createKeyUseRecorder>;
