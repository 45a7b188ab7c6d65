// Speaks the image part of OpenAI's API over HTTP, with faults that can be switched on. Never part of what ships.
import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { Hono } from "hono";
import { ApiError, invalid } from "./api-error.ts";
import { drawPicture, writeAnswer } from "./draw-answer.ts";
import type { FaultName } from "./faults.ts";
import { errorOf, faults, isFaultName } from "./faults.ts";
import type { StandInModel } from "./models.ts";
import { standInModels } from "./models.ts";
import type { Edit } from "./read-edit.ts";
import { readEdit } from "./read-edit.ts";

export interface StandInOptions {
  apiKey: string;
  models?: StandInModel[];
  /** for models' ends; default: the clock */
  today?: () => string;
}

interface PlannedFault {
  fault: FaultName;
  times: number;
  retryAfter?: string;
  /** this model only */
  model?: string;
}

/** What one call to images/edits was. */
interface SeenCall {
  model: string;
  images: number;
  size: string;
  prompt: string;
  safetyIdentifier: string | null;
  retryCount: string | null;
  /** the vendor has done the work, whatever of it arrived */
  billed: boolean;
}

type Env = { Bindings: HttpBindings };

/** Switches and counters, for tests in the same process; POST /_control sets them from elsewhere. */
function createControl() {
  let planned: PlannedFault[] = [];
  let hold: Promise<void> | null = null;
  let release = () => {};
  const calls: SeenCall[] = [];
  return {
    calls,
    billed: () => calls.filter((call) => call.billed).length,
    /** The next `times` calls (default: all) meet this fault. */
    fail: (fault: FaultName, { times = Number.POSITIVE_INFINITY, ...rest }: Partial<PlannedFault> = {}) => {
      planned.push({ fault, times, ...rest });
    },
    heal: () => {
      planned = [];
    },
    /** Calls wait in their middle until released. */
    hold: () => {
      hold = new Promise((resolve) => {
        release = resolve;
      });
    },
    release: () => {
      hold = null;
      release();
    },
    held: () => hold,
    take: (model: string): PlannedFault | null => {
      const next = planned.find((one) => one.times > 0 && (one.model === undefined || one.model === model));
      if (next) next.times -= 1;
      return next ?? null;
    },
  };
}

export type StandInControl = ReturnType<typeof createControl>;

const never = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });

const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");

/** A body whose first part arrives, and then nothing more or the end of the connection. */
function brokenBody(c: Context<Env>, text: string, end: "drip" | "cut") {
  const body = new ReadableStream<Uint8Array>({
    start: (stream) => {
      stream.enqueue(new TextEncoder().encode(text.slice(0, Math.floor(text.length / 2))));
      if (end === "cut") setImmediate(() => c.env.incoming.socket.destroy());
    },
  });
  return c.body(body, 200, { "Content-Type": "application/json", "Content-Length": String(Buffer.byteLength(text)) });
}

async function answerWithFault(c: Context<Env>, edit: Edit, planned: PlannedFault): Promise<Response> {
  const { fault, retryAfter } = planned;
  const error = errorOf(fault, { retryAfter, model: edit.model.id });
  if (error) throw error;
  const html = "<html><body><h1>502 Bad Gateway</h1></body></html>";
  const picture = await drawPicture(edit);
  const whole = writeAnswer(edit, [{ b64_json: toBase64(picture) }]);
  switch (fault) {
    case "html_error":
      return c.html(html, 500);
    case "html_success":
      return c.html(html, 200);
    case "redirect":
      return c.redirect("/v1/images/edits", 307);
    case "empty_data":
      return c.json({ ...whole, data: [] });
    case "truncated_image":
      return c.json({ ...whole, data: [{ b64_json: toBase64(picture.subarray(0, picture.length / 3)) }] });
    case "no_usage":
      return c.json({ ...whole, usage: undefined });
    case "slow_drip":
      return brokenBody(c, JSON.stringify(whole), "drip");
    case "cut_in_body":
      return brokenBody(c, JSON.stringify(whole), "cut");
    case "stream_error":
      return c.body(
        'event: error\ndata: {"error":{"code":"server_error","type":"server_error","message":"The server had an error."}}\n\n',
        200,
        { "Content-Type": "text/event-stream" },
      );
    case "cut":
      c.env.incoming.socket.destroy();
      return c.body(null, 500);
    default:
      await never(c.req.raw.signal);
      return c.body(null, 500);
  }
}

async function answer(c: Context<Env>, edit: Edit, control: StandInControl): Promise<Response> {
  const planned = control.take(edit.model.id);
  control.calls.push({
    model: edit.model.id,
    images: edit.images.length,
    size: `${edit.width}x${edit.height}`,
    prompt: edit.prompt,
    safetyIdentifier: edit.safetyIdentifier,
    retryCount: c.req.header("x-stainless-retry-count") ?? null,
    billed: planned === null || faults[planned.fault].billed,
  });
  await control.held();
  if (planned) return answerWithFault(c, edit, planned);
  const pictures = await Promise.all(
    Array.from({ length: edit.count }, async () => ({ b64_json: toBase64(await drawPicture(edit)) })),
  );
  const body = writeAnswer(edit, pictures);
  if (!edit.isStream) return c.json(body, 200, { "openai-processing-ms": "1" });
  const { data, ...rest } = body;
  const event = { type: "image_edit.completed", ...rest, ...data[0] };
  return c.body(`event: image_edit.completed\ndata: ${JSON.stringify(event)}\n\n`, 200, {
    "Content-Type": "text/event-stream",
  });
}

function addControl(app: Hono<Env>, control: StandInControl) {
  app.post("/_control", async (c) => {
    const { fault, hold, ...rest } = (await c.req.json()) as Partial<Omit<PlannedFault, "fault">> & {
      hold?: boolean;
      fault?: string;
    };
    if (fault === "none") control.heal();
    else if (fault && isFaultName(fault)) control.fail(fault, rest);
    else if (fault) return c.json({ faults: ["none", ...Object.keys(faults)] }, 400);
    if (hold !== undefined) (hold ? control.hold : control.release)();
    return c.json({ ok: true });
  });
  app.get("/_control", (c) => c.json({ calls: control.calls, billed: control.billed() }));
}

/** The stand-in as a Hono application (under /v1), with its switches. */
export function createOpenAiStandIn({ apiKey, models = standInModels, today }: StandInOptions) {
  const control = createControl();
  const app = new Hono<Env>();
  const dayOf = today ?? (() => new Date().toISOString().slice(0, 10));
  addControl(app, control);
  app.use("/v1/*", async (c, next) => {
    await next();
    c.header("x-request-id", `req_${crypto.randomUUID().replaceAll("-", "")}`);
  });
  app.use("/v1/*", async (c, next) => {
    if (c.req.header("authorization") !== `Bearer ${apiKey}`) throw errorOf("wrong_key", { model: "" });
    await next();
  });
  app.get("/v1/models", (c) => {
    const listed = models.filter(({ shutdownDate }) => shutdownDate === null || dayOf() < shutdownDate);
    const data = listed.map(({ id, shutdownDate }) => ({
      id,
      object: "model",
      created: 1_760_000_000,
      owned_by: "system",
      shutdown_date: shutdownDate,
    }));
    return c.json({ object: "list", data });
  });
  app.post("/v1/images/edits", async (c) => {
    if (!c.req.header("content-type")?.startsWith("multipart/form-data")) {
      throw invalid("Expected multipart/form-data.", null, "invalid_content_type");
    }
    const form = await c.req.raw.formData().catch(() => {
      throw invalid("Could not parse the multipart body.", null, "invalid_multipart");
    });
    return answer(c, await readEdit(form, models, dayOf()), control);
  });
  app.notFound((c) =>
    c.json({ error: { message: "Invalid URL", type: "invalid_request_error", param: null, code: null } }, 404),
  );
  app.onError((error, c) => {
    if (!(error instanceof ApiError))
      return c.json({ error: { message: String(error), type: "stand_in_fault", param: null, code: null } }, 500);
    return c.json(error.body, error.status as 400, error.headers);
  });
  return { app, control };
}
