import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { AppError } from "../../core/errors.ts";
import { errorResponses } from "../error-answer.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { jobParams } from "./find-job.ts";

const route = createRoute({
  method: "get",
  path: "/results/{jobId}",
  tags: ["Try-on"],
  summary: "Fetch a result by its signed address",
  description: "The address in output_image_url; it is the credential, lives five minutes and dies with the picture.",
  request: {
    params: jobParams,
    query: z.object({ until: z.coerce.number().int(), signature: z.string().max(100) }),
  },
  responses: {
    200: { description: "The picture", content: { "image/jpeg": { schema: z.string() } } },
    ...errorResponses("forbidden", "not_found", "gone"),
  },
});

const headers = {
  "Cache-Control": "private, no-store",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "sandbox; default-src 'none'",
  "Cross-Origin-Resource-Policy": "cross-origin",
  // the address itself is the credential, so any page that has it may read it
  "Access-Control-Allow-Origin": "*",
};

/** GET /results/:jobId */
export function addReadResult(app: OpenAPIHono<ApiEnv>, { store, resultUrls, tryOns, clock }: ApiServices) {
  app.openapi(route, async (c) => {
    c.header("Access-Control-Allow-Origin", "*");
    const { until, signature } = c.req.valid("query");
    const job = await store.tryOnJobs.findById(c.req.valid("param").jobId);
    if (!job?.output_image) throw new AppError("not_found");
    resultUrls.assertValid(job.id, job.output_image, until, signature, clock.now());
    const { bytes, contentType } = await tryOns.readResult(job);
    return c.body(new Uint8Array(bytes), 200, { ...headers, "Content-Type": contentType });
  });
}
