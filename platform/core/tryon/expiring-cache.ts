interface ExpiringCacheOptions<V> {
  ttlMs: number;
  maxEntries: number;
  /** how much all entries may weigh together, and what one does; without it they weigh nothing */
  weight?: { most: number; of: (value: V) => number };
}

/** A bounded map whose entries end after `ttlMs`; the one not used for longest goes first. Time comes from the caller. */
export function createExpiringCache<V>({ ttlMs, maxEntries, weight }: ExpiringCacheOptions<V>) {
  const entries = new Map<string, { value: V; until: number; weighs: number }>();
  const total = () => [...entries.values()].reduce((sum, { weighs }) => sum + weighs, 0);
  const isFull = () => entries.size > maxEntries || (weight !== undefined && total() > weight.most);
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
      entries.set(key, { value, until: nowMs + ttlMs, weighs: weight?.of(value) ?? 0 });
      for (const oldest of entries.keys()) {
        if (!isFull()) return;
        entries.delete(oldest);
      }
    },
  };
}
