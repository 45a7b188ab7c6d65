import { setTimeout as wait } from "node:timers/promises";
import type { Engine, ImageChecker } from "../../../core/ports.ts";

/** An engine for tests of everything around it: waits, then returns the person's photo. Never an operator's choice outside NODE_ENV=test. */
export function createStubEngine({ waitMs }: { waitMs: number }): Engine & ImageChecker {
  return {
    name: "stub",
    concurrency: 8,
    timeoutMs: 30_000,
    ready: async () => {},
    close: async () => {},
    checkPerson: async () => [],
    checkGarment: async () => [],
    run: async ({ person }, { signal, onStage }) => {
      onStage("fit", 0.5);
      await wait(waitMs, undefined, { signal });
      return {
        bytes: person.bytes,
        contentType: person.contentType,
        confidence: 1,
        warnings: [],
        preview: true,
        costMicroUsd: null,
      };
    },
  };
}
