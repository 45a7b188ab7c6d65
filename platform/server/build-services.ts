import { v7 as uuidv7 } from "uuid";
import { createImageFetcher } from "../adapters/images/create-image-fetcher.ts";
import { createImagePreparer } from "../adapters/images/create-image-preparer.ts";
import { createKeyUseRecorder } from "../core/api-keys/record-key-use.ts";
import { createKeyRing } from "../core/crypto/key-ring.ts";
import type { Engine, Store } from "../core/ports.ts";
import { seedPrompts } from "../core/prompts/seed-prompts.ts";
import type { TryOnDeps } from "../core/tryon/deps.ts";
import { addQueueMetrics } from "./add-queue-metrics.ts";
import { addStoreGauges } from "./add-store-gauges.ts";
import { buildAccountServices } from "./build-account-services.ts";
import { buildInstallServices } from "./build-install-services.ts";
import { buildTryOnServices } from "./build-try-on-services.ts";
import type { Config } from "./config.ts";
import { createAlerts } from "./create-alerts.ts";
import { createCoordination } from "./create-coordination.ts";
import { createEngine } from "./create-engine.ts";
import { createLogger } from "./create-logger.ts";
import { createMetrics } from "./create-metrics.ts";
import { measureStages } from "./measure-stages.ts";
import { openMailer } from "./open-mailer.ts";
import { openObjects } from "./open-objects.ts";
import { openSite } from "./open-site.ts";
import { openStore } from "./open-store.ts";
import { outboundSettings } from "./outbound-settings.ts";
import type { Roles } from "./roles.ts";

type Metrics = ReturnType<typeof createMetrics>;
type Coordination = Awaited<ReturnType<typeof createCoordination>>;

function openMetrics({ dataDir }: Config, parts: Pick<Coordination, "events" | "queue" | "redis"> & { store: Store }) {
  const metrics = createMetrics(parts);
  addStoreGauges(metrics.registry, { store: parts.store, dataDir });
  addQueueMetrics(metrics.registry, parts);
  return metrics;
}

/** The engines; of each the stages are timed. */
function openEngines(config: Config, telling: Parameters<typeof createEngine>[1], { stageSeconds }: Metrics) {
  const { engine, previewEngine, ...others } = createEngine(config, telling);
  const timed = (one: Engine) =>
    measureStages(one, (stage, seconds) => stageSeconds.observe({ engine: one.name, stage }, seconds));
  return { ...others, engine: timed(engine), previewEngine: previewEngine && timed(previewEngine) };
}

/** Opens what the platform stands on and makes its services: once per process. Threads start only where a role needs them. */
export async function buildServices(config: Config, roles: Roles) {
  const log = createLogger(config.logLevel);
  const clock = { now: () => new Date() };
  const store = await openStore(config, log);
  await seedPrompts(store, clock.now());
  const { redis, queue, events, limiter } = await createCoordination(config, { store, clock, log });
  const metrics = openMetrics(config, { store, events, queue, redis });
  const alerts = createAlerts(log, metrics);
  const engines = openEngines(config, { log, alerts, clock }, metrics);
  const preparer = createImagePreparer(config.bounds.images);
  const outbound = outboundSettings(config);
  const fetcher = createImageFetcher({ ...outbound, maxBytes: config.bounds.images.maxBytes });
  const deps: TryOnDeps = {
    store,
    objects: await openObjects(config, log),
    queue,
    events,
    ...engines,
    site: await openSite(config.publicUrl, { store, clock, preparer, ...engines }),
    preparer,
    fetcher,
    clock,
    log,
    alerts,
    settings: config.bounds.tryOns,
    allowance: config.bounds.freeAllowance,
    holder: uuidv7(),
  };
  const ring = createKeyRing(config.encryptionKeys);
  const mail = openMailer(config, log);
  const tryOns = buildTryOnServices(config, { ...deps, limiter, ring });
  const install = buildInstallServices(config, { ...deps, ...tryOns, limiter, outbound });
  return {
    ...deps,
    ...mail,
    ...tryOns,
    ...buildAccountServices(config, { ...deps, limiter, ring }),
    ...install,
    config,
    roles,
    metrics,
    redis,
    limiter,
    bodyLimits: config.bounds.body,
    uses: createKeyUseRecorder(store, clock, log),
    ring,
    close: async () => {
      const parts = [engines.engine, preparer, fetcher, install.pages, mail.mailer];
      await Promise.all(parts.map((part) => part?.close()));
      redis?.close();
      await store.close();
    },
  };
}

export type Services = Awaited<ReturnType<typeof buildServices>>;
