import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import type { Engine, ImageChecker, Logger } from "../../../core/ports.ts";

interface StubEngineOptions {
  waitMs: number;
  /** while this file is there, every job stands still in its middle */
  holdFile?: string;
  /** jobs at once */
  concurrency?: number;
  log?: Pick<Logger, "info">;
}

const lookMs = 25;

/** An engine for tests of everything around it: waits, then returns the person's photo. Never an operator's choice outside NODE_ENV=test. */
export function createStubEngine({ waitMs, holdFile, concurrency = 8, log }: StubEngineOptions): Engine & ImageChecker {
  return {
    name: "stub",
    concurrency,
    timeoutMs: 30_000,
    ready: async () => {},
    close: async () => {},
    checkPerson: async () => [],
    checkGarment: async () => [],
    run: async ({ jobId, person }, { signal, onStage }) => {
      log?.info({ job_id: jobId }, "stub engine started");
      onStage("photo", 0.1);
      await wait(waitMs / 2, undefined, { signal });
      onStage("fit", 0.5);
      while (holdFile && existsSync(holdFile)) await wait(lookMs, undefined, { signal });
      await wait(waitMs / 2, undefined, { signal });
      onStage("finish", 0.9);
      return {
        bytes: person.bytes,
        contentType: person.contentType,
        confidence: 1,
        warnings: [],
        preview: true,
      };
    },
  };
}
