import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import type { TryOnJob } from "../../core/model.ts";
import { errorResponses } from "../error-answer.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { jobSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { findJob, jobParams } from "./find-job.ts";
import { toJobShape } from "./job-shape.ts";

const heartbeatMs = 15_000;
const eventOf = ({ status }: TryOnJob) => (status === "queued" || status === "processing" ? "progress" : status);

const route = createRoute({
  method: "get",
  path: "/tryon/{jobId}/events",
  tags: ["Try-on"],
  summary: "Follow a job",
  description:
    "Events progress, completed, failed and cancelled carry the job; the id is the row's version. The first one is the present state, the stream ends with the terminal one.",
  security: jobSecurity,
  request: { params: jobParams },
  responses: {
    200: { description: "Event stream", content: { "text/event-stream": { schema: z.string() } } },
    ...errorResponses("unauthenticated", "invalid_api_key", "forbidden", "not_found", "gone", "rate_limited"),
  },
});

/** GET /tryon/:jobId/events */
export function addStreamEvents(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const middleware = [authenticate(services, "J", "S", "P"), findJob(services)];
  app.openapi(createRoute({ ...route, middleware }), (c) => {
    const jobId = c.get("job").id;
    c.header("Cache-Control", "no-store, no-transform");
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (stream) => {
      const ended = new AbortController();
      stream.onAbort(() => ended.abort());
      const signal = AbortSignal.any([ended.signal, services.shutdown]);
      const heartbeat = setInterval(() => void stream.write(": still here\n\n"), heartbeatMs);
      try {
        for await (const job of services.tryOns.watch(jobId, signal)) {
          const data = JSON.stringify(toJobShape(services, job));
          await stream.writeSSE({ event: eventOf(job), id: String(job.version), data });
        }
      } finally {
        clearInterval(heartbeat);
      }
    });
  });
}
