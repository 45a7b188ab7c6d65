import { availableParallelism } from "node:os";
import { MessageChannel } from "node:worker_threads";
import type { GarmentAnalysis, PersonAnalysis } from "@trailroom/engine/types";
import { Piscina } from "piscina";
import { AppError, isErrorCode } from "../../../core/errors.ts";
import type { JobStage } from "../../../core/model.ts";
import type { Engine, EngineImage, GarmentKind, ImageChecker, Logger } from "../../../core/ports.ts";
import { createExpiringCache } from "../../../core/tryon/expiring-cache.ts";
import type { EngineAnswer, EngineTask } from "./engine-task.ts";
import { asJob, createJobsFirstQueue } from "./jobs-first-queue.ts";

export interface LocalEngineOptions {
  /** default: one less than the machine has cores */
  threads?: number;
  /** jobs at once; default: the threads */
  concurrency?: number;
  log: Logger;
  /** the thread's module, for tests */
  worker?: URL;
  timeoutMs?: number;
  /** checks that may run and wait at once */
  maxWaitingChecks?: number;
}

/** Bytes of all pixels in an analysis; the rest of it is next to nothing. */
function weighBytes(analysis: object): number {
  const parts: number[] = Object.values(analysis).map((part) =>
    ArrayBuffer.isView(part) ? part.byteLength : part && typeof part === "object" ? weighBytes(part) : 0,
  );
  return parts.reduce((sum, bytes) => sum + bytes, 0);
}

const youngGenerationMb = 8;
const jobTimeoutMs = 30_000;
const checkTimeoutMs = 20_000;
const defaultWaitingChecks = 64;
const busyRetryS = 5;
/** An analysis is a few megabytes, and a photo's is personal data: few, and not for long. */
const keptAnalyses = { ttlMs: 10 * 60_000, maxEntries: 32, weight: { most: 24 * 2 ** 20, of: weighBytes } };

/** Puts a worker's answer or fault into the words of the error table. */
function toAppError(error: unknown, log: Logger): AppError {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof Error && error.name === "AbortError") return new AppError("engine_timeout", { cause: error });
  log.error({ error: error instanceof Error ? (error.stack ?? detail) : detail }, "the engine's worker failed");
  return new AppError("engine_failed", { cause: error, log: detail });
}

const refusal = ({ code, detail }: EngineAnswer & { kind: "refused" }) =>
  new AppError(isErrorCode(code) ? code : "engine_failed", { log: detail });

/** The threads: a task that is aborted while it runs takes its thread with it, and a new one is started. */
function createThreads({ threads, log, worker }: LocalEngineOptions) {
  const count = threads ?? Math.max(1, availableParallelism() - 1);
  let pool: Piscina<EngineTask, EngineAnswer> | undefined;
  /** The first thread starts with the pool, which a process that runs neither checks nor jobs never asks for. */
  const start = () => {
    pool ??= new Piscina<EngineTask, EngineAnswer>({
      filename: (worker ?? new URL("./worker.ts", import.meta.url)).href,
      minThreads: 1,
      maxThreads: count,
      // loading the models costs half a second: a thread that is there stays
      idleTimeout: Number.POSITIVE_INFINITY,
      taskQueue: createJobsFirstQueue(),
      // a job's garbage is large: a small nursery keeps a thread's heap small
      resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
    });
    return pool;
  };
  const run = async (task: EngineTask, options: Parameters<Piscina["run"]>[1]) => {
    try {
      return await start().run(task, options);
    } catch (error) {
      throw toAppError(error, log);
    }
  };
  return { count, start, run, close: async () => pool?.destroy() };
}

/** What is known of pictures by content hash. It lives in the main thread, so that any worker may use it. */
function createAnalyses() {
  const persons = createExpiringCache<PersonAnalysis>(keptAnalyses);
  const garments = createExpiringCache<GarmentAnalysis>(keptAnalyses);
  return {
    person: (hash: string) => persons.get(hash, Date.now()),
    keepPerson: (hash: string, analysis: PersonAnalysis | undefined) => {
      if (analysis) persons.set(hash, analysis, Date.now());
    },
    garment: (hash: string, kind: GarmentKind) => garments.get(`${kind}:${hash}`, Date.now()),
    keepGarment: (hash: string, kind: GarmentKind, analysis: GarmentAnalysis | undefined) => {
      if (analysis) garments.set(`${kind}:${hash}`, analysis, Date.now());
    },
    forgetPerson: (hash: string) => persons.delete(hash),
  };
}

type Threads = ReturnType<typeof createThreads>;
type Analyses = ReturnType<typeof createAnalyses>;

function createChecker(threads: Threads, analyses: Analyses, maxWaitingChecks: number): ImageChecker {
  // counted here and not by the pool, so that a crowd of checks never turns a job away
  let waiting = 0;
  const check = async (task: EngineTask) => {
    if (waiting >= maxWaitingChecks) throw new AppError("engine_unavailable", { retryAfterS: busyRetryS });
    waiting += 1;
    const answer = await threads
      .run(task, { signal: AbortSignal.timeout(checkTimeoutMs) })
      .catch((error: unknown) => {
        // to the caller of a check, a stuck or faulty engine is one that is not there
        throw new AppError("engine_unavailable", { cause: error, retryAfterS: busyRetryS, log: String(error) });
      })
      .finally(() => {
        waiting -= 1;
      });
    if (answer.kind === "picture") throw new AppError("internal", { log: "a check made a picture" });
    return answer;
  };
  return {
    checkPerson: async ({ bytes, hash }, mode) => {
      const answer = await check({ kind: "check-person", bytes, mode });
      if (answer.kind === "refused") return [refusal(answer).code];
      if (answer.kind === "person") analyses.keepPerson(hash, answer.analysis);
      return answer.problems;
    },
    checkGarment: async ({ bytes, hash }, garment) => {
      const answer = await check({ kind: "check-garment", bytes, garment });
      if (answer.kind === "refused") return [refusal(answer).code];
      if (answer.kind === "garment") analyses.keepGarment(hash, garment, answer.analysis);
      return answer.problems;
    },
    forgetPerson: analyses.forgetPerson,
  };
}

function createRun(threads: Threads, analyses: Analyses): Engine["run"] {
  const garmentTask = (image: EngineImage | null, kind: GarmentKind) =>
    image && { bytes: image.bytes, analysis: analyses.garment(image.hash, kind) };

  return async ({ person, top, bottom }, { signal, onStage }) => {
    const { port1, port2 } = new MessageChannel();
    port1.on("message", ([stage, progress]: [JobStage, number]) => onStage(stage, progress));
    const task: EngineTask = {
      kind: "try-on",
      photo: person.bytes,
      person: analyses.person(person.hash),
      top: garmentTask(top, "top"),
      bottom: garmentTask(bottom, "bottom"),
      stages: port2,
    };
    try {
      const answer = await threads.run(Object.assign(task, asJob), { signal, transferList: [port2] });
      if (answer.kind === "refused") throw refusal(answer);
      if (answer.kind !== "picture") throw new AppError("internal", { log: "a try-on made no picture" });
      if (top) analyses.keepGarment(top.hash, "top", answer.garments.top);
      if (bottom) analyses.keepGarment(bottom.hash, "bottom", answer.garments.bottom);
      const { jpeg, confidence, warnings } = answer;
      return { bytes: jpeg, contentType: "image/jpeg", confidence, warnings, preview: true };
    } finally {
      port1.close();
    }
  };
}

/** The engine that needs no key and no network: CPU only, in worker threads. */
export function createLocalEngine(options: LocalEngineOptions): Engine & ImageChecker {
  const threads = createThreads(options);
  const analyses = createAnalyses();
  return {
    name: "local",
    concurrency: options.concurrency ?? threads.count,
    timeoutMs: options.timeoutMs ?? jobTimeoutMs,
    ready: async () => void threads.start(),
    close: threads.close,
    run: createRun(threads, analyses),
    ...createChecker(threads, analyses, options.maxWaitingChecks ?? defaultWaitingChecks),
  };
}
