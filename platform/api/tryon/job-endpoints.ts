// The endpoints of one job: read, image, cancel, delete.
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { jobSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { tellCredits } from "./credit-headers.ts";
import { findJob, jobParams } from "./find-job.ts";
import { jobExample, jobSchema, toJobShape } from "./job-shape.ts";

const request = { params: jobParams };
const jobAnswer = (description: string) => jsonAnswer(description, jobSchema, jobExample);
const seen = ["unauthenticated", "invalid_api_key", "forbidden", "not_found", "gone", "rate_limited"] as const;
const base = { tags: ["Try-on"], security: jobSecurity, request };

const readRoute = createRoute({
  ...base,
  method: "get",
  path: "/tryon/{jobId}",
  summary: "Read a job",
  responses: { 200: jobAnswer("The job, also when it failed"), ...errorResponses(...seen) },
});

const imageRoute = createRoute({
  ...base,
  method: "get",
  path: "/tryon/{jobId}/base64",
  summary: "Read the result as base64",
  responses: {
    200: jsonAnswer("The picture", z.object({ image_base64: z.string() }).openapi("ResultImage"), {
      image_base64: "/9j/4AAQSkZJRgABAQAAAQABAAD…",
    }),
    ...errorResponses(...seen, "job_not_finished"),
  },
});

const cancelRoute = createRoute({
  ...base,
  method: "post",
  path: "/tryon/{jobId}/cancel",
  summary: "Cancel a queued or running job",
  responses: { 200: jobAnswer("Cancelled, credits given back"), ...errorResponses(...seen, "conflict") },
});

const deleteRoute = createRoute({
  ...base,
  method: "delete",
  path: "/tryon/{jobId}",
  summary: "Delete a job's pictures and personal data",
  responses: { 204: { description: "Gone; a running job was cancelled first" }, ...errorResponses(...seen) },
});

/** GET and DELETE /tryon/:jobId, GET …/base64, POST …/cancel */
export function addJobEndpoints(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const { tryOns } = services;
  const middleware = [authenticate(services, "J", "S", "P"), findJob(services)];

  app.openapi(createRoute({ ...readRoute, middleware }), async (c) => {
    const job = c.get("job");
    await tellCredits(services, c, job.credits_used);
    return c.json(toJobShape(services, job), 200);
  });
  app.openapi(createRoute({ ...imageRoute, middleware }), async (c) => {
    const { bytes } = await tryOns.readResult(c.get("job"));
    await tellCredits(services, c, c.get("job").credits_used);
    return c.json({ image_base64: Buffer.from(bytes).toString("base64") }, 200);
  });
  app.openapi(createRoute({ ...cancelRoute, middleware }), async (c) => {
    const cancelled = await tryOns.cancel(c.get("job"));
    await tellCredits(services, c, cancelled.credits_used);
    return c.json(toJobShape(services, cancelled), 200);
  });
  app.openapi(createRoute({ ...deleteRoute, middleware }), async (c) => {
    const { credits_used } = await tryOns.remove(c.get("job"));
    await tellCredits(services, c, credits_used);
    return c.body(null, 204);
  });
}
