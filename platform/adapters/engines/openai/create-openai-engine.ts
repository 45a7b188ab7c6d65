import type OpenAI from "openai";
import { AppError, isErrorCode } from "../../../core/errors.ts";
import type {
  Alerts,
  Clock,
  Engine,
  EngineHooks,
  EngineImage,
  EngineInput,
  GarmentKind,
  ImageChecker,
  Logger,
} from "../../../core/ports.ts";
import { ask, readPicture, readUsage, writeQuestion } from "./ask-for-picture.ts";
import { checkModels } from "./check-models.ts";
import type { Circuit } from "./circuit.ts";
import { createCircuit } from "./circuit.ts";
import { costOfUsage, estimateCost } from "./cost.ts";
import { createClient } from "./create-client.ts";
import type { PictureThread } from "./create-picture-thread.ts";
import { createPictureThread } from "./create-picture-thread.ts";
import { easeProgress } from "./ease-progress.ts";
import { mapFault } from "./map-fault.ts";
import type { ModelList } from "./model-list.ts";
import { createModelList } from "./model-list.ts";
import type { OpenAiModel } from "./openai-model.ts";

export interface OpenAiEngineOptions {
  apiKey: string;
  /** with /v1 */
  baseUrl: string;
  /** in the order in which they are tried */
  models: OpenAiModel[];
  /** looks at the garments before anything is sent */
  checker: Pick<ImageChecker, "checkGarment">;
  clock: Clock;
  log: Logger;
  alerts: Alerts;
  /** jobs at once per process */
  concurrency?: number;
  timeoutMs?: number;
}

const defaultTimeoutMs = 180_000;
const defaultConcurrency = 8;
const circuitOpenMs = 60_000;

interface Parts extends Pick<OpenAiEngineOptions, "checker" | "clock" | "log" | "alerts"> {
  client: OpenAI;
  pictures: PictureThread;
  models: ModelList;
  circuit: Circuit;
}

const shutOut = (log: string) => new AppError("engine_unavailable", { isFinal: true, log });

/** A garment that must not be worn is not sent. */
async function checkGarments({ checker }: Parts, { top, bottom }: EngineInput) {
  const check = async (image: EngineImage | null, kind: GarmentKind) =>
    image ? checker.checkGarment(image, kind) : [];
  const codes = [...(await check(top, "top")), ...(await check(bottom, "bottom"))];
  const code = codes.find(isErrorCode);
  if (code) throw new AppError(code);
}

type Call = { answer: unknown } | "model_gone";

/** One request to one model. What is out is told before and after; no answer leaves it out. */
async function call(parts: Parts, model: OpenAiModel, input: EngineInput, hooks: EngineHooks, question: Question) {
  const { client, clock, circuit, alerts, models } = parts;
  const { signal, paidCalls } = hooks;
  const images = question.image.length;
  await paidCalls.begin(estimateCost(model, input.prompt, images));
  if (signal.aborted) {
    await paidCalls.end(0);
    throw signal.reason;
  }
  try {
    const answer = await ask(client, question, signal);
    await paidCalls.end(costOfUsage(model, readUsage(answer)) ?? estimateCost(model, input.prompt, images));
    return { answer } satisfies Call;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const fault = mapFault(error, clock.now());
    if (fault.kind === "unanswered") throw fault.error;
    await paidCalls.end(0);
    if (fault.kind === "model_gone") {
      if (models.noteGone(model)) alerts.raise("engine_model_gone", { model: model.id, detail: fault.detail });
      return "model_gone" satisfies Call;
    }
    if (fault.kind === "shut_out") {
      if (circuit.open()) alerts.raise("engine_circuit_open", { detail: fault.detail, open_ms: circuitOpenMs });
      throw shutOut(fault.detail);
    }
    if (fault.alerts) alerts.raise("engine_request_refused", { model: model.id, detail: fault.error.log });
    throw fault.error;
  }
}

type Question = Awaited<ReturnType<typeof writeQuestion>>;

function createRun(parts: Parts): Engine["run"] {
  const { pictures, models, circuit } = parts;
  return async (input, hooks) => {
    const { signal, onStage } = hooks;
    if (circuit.isOpen()) throw shutOut("the circuit is open");
    onStage("garment", 0.05);
    await checkGarments(parts, input);
    for (const model of models.usable()) {
      const { bytes: person, size, placement } = await pictures.place(input.person.bytes, model.sizes, signal);
      const question = await writeQuestion({ model, person, size, input });
      const progress = easeProgress(onStage);
      const called: Call = await call(parts, model, input, hooks, question).finally(progress.stop);
      if (called === "model_gone") continue;
      onStage("finish", 0.95);
      const bytes = await pictures.finish(readPicture(called.answer), placement, signal);
      return { bytes, contentType: "image/jpeg", confidence: null, warnings: [], preview: false };
    }
    parts.alerts.raise("engine_model_gone", { model: "all", detail: "no configured model is left" });
    throw shutOut("none of the configured models is left");
  };
}

/** GPT Image edits: the photo and the garments go out, a picture comes back in the photo's shape. */
export function createOpenAiEngine(options: OpenAiEngineOptions): Engine {
  const { clock, log, alerts, checker, timeoutMs = defaultTimeoutMs, concurrency = defaultConcurrency } = options;
  const { client, close } = createClient({ ...options, timeoutMs });
  const models = createModelList(options.models, clock);
  const circuit = createCircuit(clock, circuitOpenMs);
  const pictures = createPictureThread();
  return {
    name: "openai",
    concurrency,
    timeoutMs,
    ready: async () => {
      if (circuit.isOpen()) throw shutOut("the circuit is open");
    },
    checkModels: () => checkModels({ client, models: models.all, clock, alerts, log }),
    run: createRun({ client, pictures, models, circuit, checker, clock, log, alerts }),
    close: async () => {
      await Promise.all([pictures.close(), close()]);
    },
  };
}
