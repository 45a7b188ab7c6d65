/** A bounded map whose entries end after `ttlMs`; the one not used for longest goes first. Time comes from the caller. */
export function createExpiringCache<V>({ ttlMs, maxEntries }: { ttlMs: number; maxEntries: number }) {
  const entries = new Map<string, { value: V; until: number }>();
  return {
    get(key: string, nowMs: number): V | undefined {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (entry.until <= nowMs) return undefined;
      entries.set(key, entry);
      return entry.value;
    },
    delete: (key: string) => entries.delete(key),
    set(key: string, value: V, nowMs: number) {
      entries.delete(key);
      entries.set(key, { value, until: nowMs + ttlMs });
      const oldest = entries.keys().next().value;
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    },
  };
}
