import { afterEach, expect, test, vi } from "vitest";
import type { AppError } from "../../../core/errors.ts";
import type { Engine, EngineInput, ImageChecker } from "../../../core/ports.ts";
import { createLocalEngine } from "./create-local-engine.ts";

const silent = { info: () => {}, warn: () => {}, error: () => {} };
let engine: Engine & ImageChecker;
afterEach(() => engine.close());

const open = () => {
  engine = createLocalEngine({
    threads: 1,
    log: silent,
    worker: new URL("./fixtures/moody-worker.ts", import.meta.url),
  });
};

const input = (mood: string): EngineInput => ({
  jobId: "job",
  person: { bytes: new TextEncoder().encode(mood), contentType: "image/jpeg", hash: mood },
  top: null,
  bottom: null,
  mode: "top",
  prompt: "",
  safetyId: "",
});
const run = (mood: string, signal = new AbortController().signal, onStage: () => void = () => {}) =>
  engine.run(input(mood), { signal, onStage, paidCalls: { begin: async () => {}, end: async () => {} } });
const codeOf = (promise: Promise<unknown>) => promise.then(String, (error: AppError) => error.code);

test("a stuck worker is killed when its time is up, and the next job finds a new one", async () => {
  open();
  const timeout = new AbortController();
  const onStage = vi.fn();
  const stuck = codeOf(run("stuck", timeout.signal, onStage));
  await vi.waitFor(() => expect(onStage).toHaveBeenCalledWith("fit", 0.5), { timeout: 10_000 });
  timeout.abort();
  expect(await stuck).toBe("engine_timeout");
  expect(await run("well")).toMatchObject({ contentType: "image/jpeg", confidence: 0.9, preview: true });
});

test("a refusal keeps its code; a fault becomes engine_failed and the thread goes on", async () => {
  open();
  expect(await codeOf(run("refusing"))).toBe("preview_not_reliable");
  expect(await codeOf(run("faulty"))).toBe("engine_failed");
  expect(await run("well")).toMatchObject({ confidence: 0.9 });
});

test("a full queue of checks is engine_unavailable with a time to come back, and the jobs still run", async () => {
  open();
  const photo = { bytes: new Uint8Array(1), contentType: "image/jpeg", width: 1, height: 1, hash: "x" } as const;
  const timeout = new AbortController();
  const stuck = codeOf(run("stuck", timeout.signal));
  const checks = Array.from({ length: 80 }, () =>
    engine.checkPerson(photo, "top").then(
      () => "checked",
      (error) => error,
    ),
  );
  const refused = (await Promise.all(checks.slice(64))) as AppError[];
  expect(refused.map((error) => [error.code, error.retryAfterS])).toEqual(refused.map(() => ["engine_unavailable", 5]));
  timeout.abort();
  await stuck;
  expect(await Promise.all(checks.slice(0, 64))).toEqual(Array(64).fill("checked"));
});
