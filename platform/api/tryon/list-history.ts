import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { ownSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";
import { jobExample, jobSchema, toJobShape } from "./job-shape.ts";

const historySchema = z
  .object({
    jobs: z.array(jobSchema),
    total: z.number().int().optional().openapi({ description: "With pages only; a minimum from 10 000 on." }),
    page: z.number().int().optional(),
    limit: z.number().int(),
    next_cursor: z.string().nullable(),
  })
  .openapi("History");

const route = createRoute({
  method: "get",
  path: "/tryon/history",
  tags: ["Try-on"],
  summary: "List jobs, newest first",
  security: ownSecurity,
  request: {
    query: z.object({
      page: z.coerce.number().int().min(1).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      cursor: z.string().max(200).optional(),
      mode: z.enum(["top", "full"]).optional(),
      status: z.enum(["queued", "processing", "completed", "failed", "cancelled"]).optional(),
      product: z.string().max(200).optional(),
      key_mode: z
        .enum(["live", "test", "preview"])
        .optional()
        .openapi({ description: "With a session: which jobs, live unless told. A key sees its own mode alone." }),
    }),
  },
  responses: {
    200: jsonAnswer("One page", historySchema, {
      jobs: [jobExample],
      total: 1,
      page: 1,
      limit: 20,
      next_cursor: null,
    }),
    ...errorResponses("invalid_request", "unauthenticated", "invalid_api_key", "key_not_permitted", "rate_limited"),
  },
});

/** GET /tryon/history */
export function addListHistory(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const middleware = [authenticate(services, "J", "S")];
  app.openapi(createRoute({ ...route, middleware }), async (c) => {
    const { page, limit, cursor, mode, status, product, key_mode } = c.req.valid("query");
    const given = c.get("caller");
    const caller = given.kind === "session" ? { ...given, keyMode: key_mode ?? "live" } : given;
    const filter = { mode, status, productId: product };
    const { jobs, nextCursor, ...rest } = await services.tryOns.list(caller, { filter, limit, page, cursor });
    return c.json({ jobs: jobs.map((job) => toJobShape(services, job)), ...rest, next_cursor: nextCursor }, 200);
  });
}
