import type { TryOnMode } from "../model.ts";
import type { GarmentKind, PreparedImage } from "../ports.ts";
import type { TryOnDeps } from "./deps.ts";
import { createExpiringCache } from "./expiring-cache.ts";

const maxVerdicts = 5_000;

/** Counted before a check is really run; throws rate_limited. */
export type CountCheck = () => Promise<void>;

/**
 * The checks' verdicts, kept for a while by (account, what is checked, content hash). Identical checks in flight
 * share one run. A verdict is a list of error codes; an empty one means that the picture is fine.
 */
export function createVerdicts({ checker, clock, settings }: Pick<TryOnDeps, "checker" | "clock" | "settings">) {
  const cache = createExpiringCache<string[]>({ ttlMs: settings.verdictTtlMs, maxEntries: maxVerdicts });
  const inFlight = new Map<string, Promise<string[]>>();

  const once = (key: string, count: CountCheck, check: () => Promise<string[]>): Promise<string[]> => {
    const known = cache.get(key, clock.now().getTime());
    if (known) return Promise.resolve(known);
    const running = inFlight.get(key);
    if (running) return running;
    // counted here: an answer from the cache or from a check in flight is no check that is really run
    const started = count()
      .then(check)
      .then((problems) => {
        cache.set(key, problems, clock.now().getTime());
        return problems;
      })
      .finally(() => inFlight.delete(key));
    inFlight.set(key, started);
    return started;
  };

  const personKey = (userId: string, image: PreparedImage, mode: TryOnMode) => `${userId}:person:${mode}:${image.hash}`;
  const garmentKey = (userId: string, image: PreparedImage, kind: GarmentKind) => `${userId}:${kind}:${image.hash}`;

  return {
    person: (userId: string, image: PreparedImage, mode: TryOnMode, count: CountCheck) =>
      once(personKey(userId, image, mode), count, () => checker.checkPerson(image, mode)),
    garment: (userId: string, image: PreparedImage, kind: GarmentKind, count: CountCheck) =>
      once(garmentKey(userId, image, kind), count, () => checker.checkGarment(image, kind)),
    knownGarment: (userId: string, image: PreparedImage, kind: GarmentKind) =>
      cache.get(garmentKey(userId, image, kind), clock.now().getTime()) ?? null,
    /** A job has found a garment's fault: the next request is told at once. */
    noteGarment: (userId: string, hash: string, kind: GarmentKind, code: string) =>
      cache.set(`${userId}:${kind}:${hash}`, [code], clock.now().getTime()),
  };
}

export type Verdicts = ReturnType<typeof createVerdicts>;
