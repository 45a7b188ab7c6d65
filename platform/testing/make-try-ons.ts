import { createHash } from "node:crypto";
import path from "node:path";
import { v7 as uuidv7 } from "uuid";
import { createStubEngine } from "../adapters/engines/stub/create-stub-engine.ts";
import { createMemoryEventBus } from "../adapters/events/create-memory-event-bus.ts";
import { createDiskObjectStore } from "../adapters/objects/disk/create-disk-object-store.ts";
import { createApiKey } from "../core/api-keys/create-api-key.ts";
import type { Caller } from "../core/caller.ts";
import { adjustCredits } from "../core/credits/adjust-credits.ts";
import { defaultFreeAllowance } from "../core/credits/allowance.ts";
import type { KeyKind, User } from "../core/model.ts";
import type { AlertKind, PreparedImage, Store } from "../core/ports.ts";
import { createTryOnService } from "../core/tryon/create-try-on-service.ts";
import type { TryOnDeps } from "../core/tryon/deps.ts";
import type { RequestTryOnInput } from "../core/tryon/service-types.ts";
import { defaultTryOnSettings } from "../core/tryon/settings.ts";
import { makeStore } from "./make-store.ts";
import { testTime, userRow } from "./rows.ts";

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** A clock that stands until it is moved. */
export function makeClock(start = testTime) {
  let now = start;
  return {
    now: () => now,
    move: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
  };
}

/** Takes any bytes for a picture. */
const prepare = async (bytes: Uint8Array): Promise<PreparedImage> => ({
  bytes,
  contentType: "image/jpeg",
  width: 800,
  height: 1000,
  hash: createHash("sha256").update(bytes).digest("hex"),
});

async function seedCaller(store: Store, kind: KeyKind, over: Partial<User>): Promise<Caller> {
  const user = userRow({ last_free_credit_reset: testTime, ...over, credits: 0 });
  await store.users.insert(user);
  const grant = { userId: user.id, credits: over.credits ?? 100, reason: "test", actionId: uuidv7(), now: testTime };
  if (grant.credits > 0) await store.transaction((tx) => adjustCredits(tx, grant));
  const { apiKey } = await createApiKey(store, {
    userId: user.id,
    kind,
    mode: "live",
    name: "test",
    allowedOrigins: ["https://shop.example"],
    now: testTime,
  });
  const fresh = (await store.users.findById(user.id)) ?? user;
  return { kind, user: fresh, apiKey, keyMode: "live", ip: "203.0.113.9", origin: "https://shop.example" };
}

/** The try-on services on a fresh SQLite store and a folder, with a stub engine, a clock to move, and whatever a test lays over. */
export async function makeTryOns(over: Partial<TryOnDeps> = {}) {
  const { store, folder, remove } = await makeStore();
  const engine = createStubEngine({ waitMs: 0 });
  const clock = makeClock();
  const enqueued: { jobId: string; runAfter: Date }[] = [];
  const alerts: { kind: AlertKind; fields: Record<string, unknown> }[] = [];
  const deps: TryOnDeps = {
    store,
    objects: createDiskObjectStore({ folder: path.join(folder, "objects") }),
    queue: {
      enqueue: async (jobId, runAfter) => void enqueued.push({ jobId, runAfter }),
      start: () => {},
      stop: async () => true,
      depth: async () => ({ waiting: 0, delayed: 0, active: 0 }),
    },
    events: createMemoryEventBus(),
    engine,
    checker: engine,
    preparer: { prepare },
    fetcher: { fetch: async (url) => new TextEncoder().encode(url) },
    clock,
    log: silent,
    alerts: { raise: (kind, fields) => void alerts.push({ kind, fields }) },
    settings: defaultTryOnSettings,
    allowance: defaultFreeAllowance,
    holder: uuidv7(),
    ...over,
  };
  const service = createTryOnService(deps);
  return {
    deps,
    store,
    clock,
    enqueued,
    alerts,
    folder,
    remove,
    service,
    seedCaller: (kind: KeyKind = "secret", user: Partial<User> = {}) => seedCaller(store, kind, user),
    request: (caller: Caller, input: Partial<RequestTryOnInput> = {}) =>
      service.request(caller, { ...plainInput, ...input }, async () => {}),
    /** The names of a job's objects. */
    objectsOf: async (jobId: string) => {
      const found = await Promise.all(["photos/", "jobs/"].map((prefix) => deps.objects.list(prefix)));
      return found.flat().flatMap(({ key }) => (key.includes(`/${jobId}/`) ? [key] : []));
    },
    /** Both buckets, and that they are what the ledger says. */
    balance: async ({ user }: Pick<Caller, "user">) => {
      const row = await store.users.findById(user.id);
      const ledger = await store.creditTransactions.sums(user.id);
      const balance = { free: row?.daily_free_credits, paid: row?.credits };
      if (balance.free !== ledger.free || balance.paid !== ledger.paid)
        throw new Error("the ledger is not the balance");
      return balance;
    },
  };
}

export type TryOnsForTest = Awaited<ReturnType<typeof makeTryOns>>;

export const bytesOf = (text: string) => ({ bytes: new TextEncoder().encode(text) });

const plainInput: RequestTryOnInput = {
  person: bytesOf("a person"),
  top: bytesOf("a tee"),
  bottom: null,
  mode: "top",
  productId: "tee-1",
  productUrl: null,
  shopperId: null,
  consentVersion: null,
};
