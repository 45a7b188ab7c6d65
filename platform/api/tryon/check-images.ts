import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { AppError, describeProblem } from "../../core/errors.ts";
import type { CheckInput } from "../../core/tryon/service-types.ts";
import { errorBody, errorResponses, errorSchema, exampleOf } from "../error-answer.ts";
import { jsonAnswer } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { limitBody } from "../middleware/limit-body.ts";
import { anySecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { countCheck } from "./count-check.ts";
import { tellCredits } from "./credit-headers.ts";
import { imagePart, imageText, toImageInput } from "./image-field.ts";
import { requireShopperSession } from "./require-shopper-session.ts";
import { shopperSessionHeader } from "./shopper-session-header.ts";
import { assertOwnPhotoLeft } from "./site-photo.ts";

const shape = <T extends z.ZodType>(image: T) =>
  z.object({
    person_image: image.optional(),
    top_image: image.optional(),
    bottom_image: image.optional(),
    mode: z.enum(["top", "full"]).optional(),
    product_id: z
      .string()
      .max(200)
      .optional()
      .openapi({ description: "With a test key: a magic one forces a problem." }),
  });
const jsonBody = shape(imageText).openapi("CheckRequest");
const formBody = shape(imagePart).openapi("CheckForm");
type Body = z.infer<typeof jsonBody> | z.infer<typeof formBody>;

const resultSchema = z
  .object({
    ok: z.boolean(),
    problems: z.array(z.object({ code: z.string(), message: z.string(), hint: z.string() })),
  })
  .openapi("CheckResult");

/** The envelope of every error; with the verdict when it is about a garment. */
const refusalSchema = errorSchema.extend(resultSchema.partial().shape).openapi("CheckRefusal");

const problemExample = describeProblem("garment_background_not_plain");
const refusalExample = {
  ...exampleOf("garment_background_not_plain"),
  ok: false,
  problems: [problemExample],
};

const route = createRoute({
  method: "post",
  path: "/tryon/check",
  tags: ["Try-on"],
  summary: "Check a photo or a garment picture",
  description:
    "Free. Takes exactly one picture; the verdict is kept for ten minutes by content. A photo answers 200 with its problems, a garment that cannot be tried on 422 with them beside the error.",
  security: anySecurity,
  request: {
    headers: z.object(shopperSessionHeader),
    body: {
      content: {
        "application/json": { schema: jsonBody, example: { top_image: "https://cdn.shop.example/tee-1.jpg" } },
        "multipart/form-data": { schema: formBody },
      },
    },
  },
  responses: {
    200: jsonAnswer("The verdict", resultSchema, { ok: false, problems: [problemExample] }),
    422: {
      description: "A garment picture that cannot be tried on, or an address that could not be fetched",
      content: { "application/json": { schema: refusalSchema, example: refusalExample } },
    },
    ...errorResponses(
      "invalid_request",
      "unauthenticated",
      "token_expired",
      "forbidden",
      "origin_not_allowed",
      "key_not_permitted",
      "image_too_large",
      "unsupported_image",
      "rate_limited",
      "daily_generation_limit",
      "engine_unavailable",
    ),
  },
});

async function toInput(body: Body): Promise<CheckInput> {
  const given = [body.person_image, body.top_image, body.bottom_image].filter(Boolean);
  if (given.length !== 1) throw new AppError("invalid_request", { details: { images: "exactly one" } });
  const productId = body.product_id ?? null;
  if (body.person_image) return { person: await toImageInput(body.person_image), mode: body.mode ?? "top", productId };
  if (body.top_image) return { top: await toImageInput(body.top_image), productId };
  return { bottom: await toImageInput(body.bottom_image ?? ""), productId };
}

/** POST /tryon/check */
export function addCheckImages(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const guards = [authenticate(services, "J", "S", "P"), requireShopperSession(services), limitBody(services)];
  app.openapi(createRoute({ ...route, middleware: guards }), async (c) => {
    const isForm = c.req.header("content-type")?.startsWith("multipart/form-data");
    const body: Body = isForm ? c.req.valid("form") : c.req.valid("json");
    const caller = c.get("caller");
    const input = await toInput(body ?? {});
    await assertOwnPhotoLeft(services, caller, input);
    const result = await services.tryOns.check(caller, input, countCheck(services, caller));
    await tellCredits(services, c, 0);
    const [problem] = result.problems;
    // a garment is refused as POST /tryon would refuse it
    if (problem && !("person" in input)) return c.json({ ...result, ...errorBody(c, services, problem.code) }, 422);
    return c.json(result, 200);
  });
}
