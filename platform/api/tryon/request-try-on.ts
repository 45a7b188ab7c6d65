import { createHash } from "node:crypto";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Caller } from "../../core/caller.ts";
import { AppError } from "../../core/errors.ts";
import type { Keep, StoredAnswer } from "../../core/idempotency/run-once.ts";
import { runOnce } from "../../core/idempotency/run-once.ts";
import type { Repositories } from "../../core/ports.ts";
import type { AcceptedTryOn, ImageInput, RequestTryOnInput } from "../../core/tryon/service-types.ts";
import { requestCodes } from "../../core/tryon/test-mode.ts";
import { isTerminal } from "../../core/tryon/watch-job.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { limitBody } from "../middleware/limit-body.ts";
import { anySecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { countCheck } from "./count-check.ts";
import { countShopperJob } from "./count-shopper-job.ts";
import { creditHeaders, tellCredits } from "./credit-headers.ts";
import { imagePart, imageText, toImageInput, toOptionalImageInput } from "./image-field.ts";
import { jobExample, jobSchema, toJobShape } from "./job-shape.ts";
import { requireShopperSession } from "./require-shopper-session.ts";
import { shopperSessionHeader } from "./shopper-session-header.ts";

const common = {
  mode: z.enum(["top", "full"]),
  product_id: z.string().max(200).optional(),
  product_url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  shopper_id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  consent_version: z.string().min(1).max(40).optional(),
};
const shape = <T extends z.ZodType>(image: T) =>
  z.object({
    person_image: image.optional(),
    user_image: image.optional().openapi({ description: "The former name of person_image." }),
    top_image: image.optional(),
    bottom_image: image.optional(),
    ...common,
  });
const jsonBody = shape(imageText).openapi("TryOnRequest");
const formBody = shape(imagePart).openapi("TryOnForm");
type Body = z.infer<typeof jsonBody> | z.infer<typeof formBody>;

const acceptedSchema = jobSchema
  .extend({
    job_token: z.string().optional().openapi({ description: "With a publishable key only: reads this one job." }),
  })
  .openapi("AcceptedTryOn");
type Accepted = z.infer<typeof acceptedSchema>;

const answers = (description: string) => jsonAnswer(description, acceptedSchema, jobExample);
const maxWaitS = 60;
const requestExample = {
  person_image: "https://cdn.shop.example/person.jpg",
  top_image: "https://cdn.shop.example/tee-1.jpg",
  mode: "top" as const,
  product_id: "tee-1",
  consent_version: "2026-11",
};

const route = createRoute({
  method: "post",
  path: "/tryon",
  tags: ["Try-on"],
  summary: "Ask for a try-on",
  description:
    "Mode `top` takes top_image alone; `full` takes bottom_image and may carry top_image. Send an Idempotency-Key to make a repeat safe.",
  security: anySecurity,
  request: {
    headers: z.object({
      "idempotency-key": z.string().min(1).max(255).optional(),
      "x-preview-token": z.string().max(2000).optional().openapi({
        description: "From a preview link: the merchant's own try-on, free, of one product on one origin.",
      }),
      ...shopperSessionHeader,
    }),
    query: z.object({ wait: z.coerce.number().min(0).max(maxWaitS).optional() }),
    body: {
      content: {
        "application/json": { schema: jsonBody, example: requestExample },
        "multipart/form-data": { schema: formBody },
      },
    },
  },
  responses: {
    200: answers("Ended within the wait; a failed job answers 200 too."),
    202: answers("Accepted"),
    ...errorResponses(...requestCodes),
  },
});

async function toInput(body: Body, caller: Caller): Promise<RequestTryOnInput> {
  const person = body.person_image ?? body.user_image;
  if (!person) throw new AppError("invalid_request", { details: { person_image: "missing" } });
  if (caller.kind === "publishable" && !body.consent_version) {
    throw new AppError("invalid_request", { details: { consent_version: "missing" } });
  }
  return {
    person: await toImageInput(person),
    top: await toOptionalImageInput(body.top_image),
    bottom: await toOptionalImageInput(body.bottom_image),
    mode: body.mode,
    productId: body.product_id ?? null,
    productUrl: body.product_url ?? null,
    shopperId: caller.shopperId ?? body.shopper_id ?? null,
    consentVersion: body.consent_version ?? null,
  };
}

const imageHash = (input: ImageInput | null) =>
  input && ("url" in input ? `url:${input.url}` : createHash("sha256").update(input.bytes).digest("hex"));

/** Fields as parsed; files by content, URLs by text (spec rule 4). */
function hashInput({ person, top, bottom, ...rest }: RequestTryOnInput) {
  const canonical = JSON.stringify([imageHash(person), imageHash(top), imageHash(bottom), rest]);
  return createHash("sha256").update(canonical).digest("hex");
}

async function toAnswer(services: ApiServices, tx: Repositories, caller: Caller, { job, jobToken }: AcceptedTryOn) {
  const token = jobToken ? { job_token: jobToken } : {};
  const body = { ...toJobShape(services, job), ...token };
  const headers = await creditHeaders(tx, caller, job.credits_used);
  const answer: StoredAnswer = { status: 202, headers, body: JSON.stringify(body) };
  return { answer, jobId: job.id };
}

/** Makes the job; an answer that is kept is made and kept in the transaction that makes it, and is the one given. */
async function act(services: ApiServices, caller: Caller, input: RequestTryOnInput, keep?: Keep) {
  let kept: Awaited<ReturnType<typeof toAnswer>> | undefined;
  const keepAnswer = async (tx: Repositories, made: AcceptedTryOn) => {
    kept = await toAnswer(services, tx, caller, made);
    await keep?.(tx, kept);
  };
  const accepted = await services.tryOns.request(
    caller,
    input,
    countCheck(services, caller),
    keep ? keepAnswer : undefined,
  );
  return kept ?? toAnswer(services, services.store, caller, accepted);
}

async function answerOnce(
  services: ApiServices,
  c: Context<ApiEnv>,
  key: string | undefined,
  input: RequestTryOnInput,
) {
  const caller = c.get("caller");
  if (key === undefined) return { ...(await act(services, caller, input)), replayed: false };
  const owner = caller.apiKey?.id ?? caller.user.id;
  const who = caller.keyMode === "preview" ? "preview:" : (input.shopperId ?? "");
  const scope = `${owner}:${who}:POST:/api/v1/tryon`;
  return runOnce(services, { scope, key, inputHash: hashInput(input) }, (keep) => act(services, caller, input, keep));
}

/** The answer once the job has ended or the wait is over; what a failure gave back shows in body and headers. */
async function answerAfter(services: ApiServices, c: Context<ApiEnv>, accepted: Accepted, waitMs: number) {
  const { tryOns, shutdown } = services;
  const job = await tryOns.findById(accepted.job_id);
  const ended = await tryOns.waitFor(job, waitMs, AbortSignal.any([c.req.raw.signal, shutdown]));
  await tellCredits(services, c, ended.credits_used);
  const token = accepted.job_token ? { job_token: accepted.job_token } : {};
  return { body: { ...toJobShape(services, ended), ...token }, hasEnded: isTerminal(ended) };
}

/** POST /tryon */
export function addRequestTryOn(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const guards = [authenticate(services, "J", "S", "P"), requireShopperSession(services), limitBody(services)];
  app.openapi(createRoute({ ...route, middleware: guards }), async (c) => {
    const isForm = c.req.header("content-type")?.startsWith("multipart/form-data");
    const body: Body = isForm ? c.req.valid("form") : c.req.valid("json");
    if (!body?.mode) throw new AppError("invalid_request", { details: { body: "JSON or multipart expected" } });
    const input = await toInput(body, c.get("caller"));
    const takeBack = await countShopperJob(services, c.get("caller"), input);
    const once = answerOnce(services, c, c.req.valid("header")["idempotency-key"], input);
    const { answer, replayed } = await once.catch(async (error: unknown) => {
      await takeBack();
      throw error;
    });
    if (replayed) await takeBack();
    for (const [name, value] of Object.entries(answer.headers)) c.header(name, value);
    if (replayed) c.header("Idempotent-Replayed", "true");
    const accepted = acceptedSchema.parse(JSON.parse(answer.body));
    const waitMs = (c.req.valid("query").wait ?? 0) * 1000;
    if (waitMs === 0) return c.json(accepted, 202);
    const { body: latest, hasEnded } = await answerAfter(services, c, accepted, waitMs);
    return c.json(latest, hasEnded ? 200 : 202);
  });
}
