import type { TryOnMode } from "../model.ts";
import type { GarmentKind, PreparedImage } from "../ports.ts";
import type { TryOnDeps } from "./deps.ts";
import { createExpiringCache } from "./expiring-cache.ts";

const maxVerdicts = 5_000;

/**
 * The checks' verdicts, kept for a while by (account, what is checked, content hash). Identical checks in flight
 * share one run. A verdict is a list of error codes; an empty one means that the picture is fine.
 */
export function createVerdicts({ checker, clock, settings }: Pick<TryOnDeps, "checker" | "clock" | "settings">) {
  const cache = createExpiringCache<string[]>({ ttlMs: settings.verdictTtlMs, maxEntries: maxVerdicts });
  const inFlight = new Map<string, Promise<string[]>>();

  const once = (key: string, check: () => Promise<string[]>): Promise<string[]> => {
    const known = cache.get(key, clock.now().getTime());
    if (known) return Promise.resolve(known);
    const running = inFlight.get(key);
    if (running) return running;
    const started = check()
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
    person: (userId: string, image: PreparedImage, mode: TryOnMode) =>
      once(personKey(userId, image, mode), () => checker.checkPerson(image, mode)),
    garment: (userId: string, image: PreparedImage, kind: GarmentKind) =>
      once(garmentKey(userId, image, kind), () => checker.checkGarment(image, kind)),
    /** Whether asking would really run a check: that is what the check limits count. */
    isPersonKnown: (userId: string, image: PreparedImage, mode: TryOnMode) =>
      cache.get(personKey(userId, image, mode), clock.now().getTime()) !== undefined,
    isGarmentKnown: (userId: string, image: PreparedImage, kind: GarmentKind) =>
      cache.get(garmentKey(userId, image, kind), clock.now().getTime()) !== undefined,
    knownGarment: (userId: string, image: PreparedImage, kind: GarmentKind) =>
      cache.get(garmentKey(userId, image, kind), clock.now().getTime()) ?? null,
    /** A job has found a garment's fault: the next request is told at once. */
    noteGarment: (userId: string, hash: string, kind: GarmentKind, code: string) =>
      cache.set(`${userId}:${kind}:${hash}`, [code], clock.now().getTime()),
  };
}

export type Verdicts = ReturnType<typeof createVerdicts>;
