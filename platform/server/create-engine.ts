import { createLocalEngine } from "../adapters/engines/local/create-local-engine.ts";
import { createStubEngine } from "../adapters/engines/stub/create-stub-engine.ts";
import type { Engine, ImageChecker, Logger } from "../core/ports.ts";
import type { Config } from "./config.ts";

interface Engines {
  engine: Engine;
  checker: ImageChecker;
  testEngine?: Engine;
}

/** The engine that the operator chose, and who checks photos for it. */
export function createEngine(config: Config, log: Logger): Engines {
  if (config.engine === "stub") {
    const stub = createStubEngine({ ...config.stubEngine, log });
    return { engine: stub, checker: stub };
  }
  const local = createLocalEngine({
    threads: config.engineThreads,
    concurrency: config.jobsAtOnce,
    maxWaitingChecks: config.bounds.waitingChecks,
    log,
  });
  return { engine: local, checker: local };
}
