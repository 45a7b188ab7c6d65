import { z } from "@hono/zod-openapi";
import { createMiddleware } from "hono/factory";
import { ipBucket } from "../../core/access/ip-bucket.ts";
import { AppError } from "../../core/errors.ts";
import { tellLimit } from "../middleware/tell-limit.ts";
import type { ApiEnv, ApiServices } from "../services.ts";

export const jobParams = z.object({
  jobId: z
    .string()
    .max(64)
    .openapi({ param: { name: "jobId", in: "path" } }),
});

/** Sets the job of the path, when the caller may see it. Shoppers' reads count per job and address, never against the key. */
export const findJob = (services: ApiServices) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const { limiter, limits, tryOns } = services;
    const caller = c.get("caller");
    const jobId = c.req.param("jobId") ?? "";
    if (caller.kind === "publishable") {
      const state = await limiter.consume(limits.jobReads, `${jobId}:${ipBucket(caller.ip)}`);
      tellLimit(c, state);
      if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
    }
    c.set("job", await tryOns.find(caller, jobId, c.req.header("x-job-token") ?? null));
    await next();
  });
