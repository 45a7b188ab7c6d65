import { createLocalEngine } from "../adapters/engines/local/create-local-engine.ts";
import { createModelChecker } from "../adapters/engines/openai/create-model-checker.ts";
import { createOpenAiEngine } from "../adapters/engines/openai/create-openai-engine.ts";
import { createStubEngine } from "../adapters/engines/stub/create-stub-engine.ts";
import { createTestEngine } from "../adapters/engines/test/create-test-engine.ts";
import type { Alerts, Clock, Engine, ImageChecker, Logger } from "../core/ports.ts";
import type { Config } from "./config.ts";

interface Engines {
  engine: Engine;
  checker: ImageChecker;
  testEngine: Engine;
  previewEngine?: Engine;
}

interface Telling {
  log: Logger;
  alerts: Alerts;
  clock: Clock;
}

/** Made ready and closed together: the paid engine has its photos and garments checked by the local one. */
const withLocal = (engine: Engine, local: Engine): Engine => ({
  ...engine,
  ready: async () => {
    await local.ready();
    await engine.ready();
  },
  close: async () => {
    await Promise.all([engine.close(), local.close()]);
  },
});

/** The engine that the operator chose, and who checks photos for it. */
export function createEngine(config: Config, { log, alerts, clock }: Telling): Engines {
  if (config.engine === "stub") {
    const stub = createStubEngine({ ...config.stubEngine, log });
    return { engine: stub, checker: stub, testEngine: createTestEngine() };
  }
  const local = createLocalEngine({
    threads: config.engineThreads,
    concurrency: config.jobsAtOnce,
    maxWaitingChecks: config.bounds.waitingChecks,
    log,
  });
  if (!config.openAi) return { engine: local, checker: local, testEngine: createTestEngine() };
  const checker = createModelChecker(local);
  const openAi = createOpenAiEngine({
    ...config.openAi,
    concurrency: config.jobsAtOnce,
    checker,
    log,
    alerts,
    clock,
  });
  return { engine: withLocal(openAi, local), checker, testEngine: createTestEngine(), previewEngine: local };
}
