import { mkdirSync } from "node:fs";
import path from "node:path";
import { v7 as uuidv7 } from "uuid";
import { createLocalEngine } from "../adapters/engines/local/create-local-engine.ts";
import { createStubEngine } from "../adapters/engines/stub/create-stub-engine.ts";
import { createMemoryEventBus } from "../adapters/events/create-memory-event-bus.ts";
import { createImageFetcher } from "../adapters/images/create-image-fetcher.ts";
import { createImagePreparer } from "../adapters/images/create-image-preparer.ts";
import { createMemoryRateLimiter } from "../adapters/limits/create-memory-rate-limiter.ts";
import { createDiskObjectStore } from "../adapters/objects/disk/create-disk-object-store.ts";
import { createEmbeddedQueue } from "../adapters/queue/create-embedded-queue.ts";
import { createSqliteStore } from "../adapters/store/sqlite/create-sqlite-store.ts";
import { namedLimits } from "../core/access/limits.ts";
import { createSessionTokens } from "../core/access/session-tokens.ts";
import { createKeyUseRecorder } from "../core/api-keys/record-key-use.ts";
import { createKeyRing } from "../core/crypto/key-ring.ts";
import { createResultUrls } from "../core/crypto/sign-result-url.ts";
import type { Logger } from "../core/ports.ts";
import { createTryOnService } from "../core/tryon/create-try-on-service.ts";
import type { TryOnDeps } from "../core/tryon/deps.ts";
import type { Config } from "./config.ts";
import { createLogger } from "./create-logger.ts";
import { createMetrics } from "./create-metrics.ts";
import type { Roles } from "./roles.ts";

const fetchTimeoutMs = 10_000;
const refusalMs = 1_000;

async function openStore({ dataDir, mode }: Config) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const store = await createSqliteStore({ url: `file:${path.join(dataDir, "trailroom.db")}` });
  if (mode !== "development" && (await store.users.countDemo()) > 0) {
    await store.close();
    throw new Error("The configuration is not usable:\n- demo accounts are in the database");
  }
  return store;
}

const openEngine = ({ engine, engineThreads, stubEngine, jobsAtOnce, bounds }: Config, log: Logger) =>
  engine === "stub"
    ? createStubEngine({ ...stubEngine, log })
    : createLocalEngine({
        threads: engineThreads,
        concurrency: jobsAtOnce,
        maxWaitingChecks: bounds.waitingChecks,
        log,
      });

const openFetcher = ({ outboundAllowOrigins, mode, bounds }: Config) =>
  createImageFetcher({
    allowOrigins: outboundAllowOrigins,
    httpsOnly: mode === "production",
    maxBytes: bounds.images.maxBytes,
    timeoutMs: fetchTimeoutMs,
    refusalMs,
  });

/** Opens what the platform stands on and makes its services: once per process. Threads start only where a role needs them. */
export async function buildServices(config: Config, roles: Roles) {
  const log = createLogger(config.logLevel);
  const clock = { now: () => new Date() };
  const store = await openStore(config);
  const events = createMemoryEventBus();
  const engine = openEngine(config, log);
  const preparer = createImagePreparer(config.bounds.images);
  const fetcher = openFetcher(config);
  const settings = config.bounds.tryOns;
  const deps: TryOnDeps = {
    store,
    objects: createDiskObjectStore({ folder: path.join(config.dataDir, "objects") }),
    queue: createEmbeddedQueue({ store, clock, runningPerAccount: settings.runningPerAccount, log }),
    events,
    engine,
    checker: engine,
    preparer,
    fetcher,
    clock,
    log,
    settings,
    allowance: config.bounds.freeAllowance,
    holder: uuidv7(),
  };
  return {
    ...deps,
    config,
    roles,
    metrics: createMetrics({ store, events }),
    limiter: createMemoryRateLimiter(),
    limits: namedLimits(config.limits),
    bodyLimits: config.bounds.body,
    tokens: createSessionTokens(config.signingKeys),
    uses: createKeyUseRecorder(store, clock, log),
    ring: createKeyRing(config.encryptionKeys),
    resultUrls: createResultUrls({ keys: config.signingKeys, publicUrl: config.publicUrl }),
    tryOns: createTryOnService(deps),
    close: async () => {
      await Promise.all([engine.close(), preparer.close(), fetcher.close()]);
      await store.close();
    },
  };
}

export type Services = Awaited<ReturnType<typeof buildServices>>;
