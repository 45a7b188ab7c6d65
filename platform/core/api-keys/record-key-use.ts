import type { Clock, Logger, Store } from "../ports.ts";

/** Counts keys' uses in memory and writes them together: a row is not rewritten for every request. */
export function createKeyUseRecorder(store: Store, clock: Clock, log: Logger) {
  const uses = new Map<string, { count: number; at: Date }>();
  const flush = async () => {
    const batch = [...uses];
    uses.clear();
    for (const [id, { count, at }] of batch) {
      await store.apiKeys.recordUse(id, count, at).catch((error: unknown) => {
        log.warn({ error: String(error) }, "key uses not recorded");
      });
    }
  };
  return {
    note: (id: string) => uses.set(id, { count: (uses.get(id)?.count ?? 0) + 1, at: clock.now() }),
    flush,
  };
}

export type KeyUseRecorder = ReturnType<typeof createKeyUseRecorder>;
