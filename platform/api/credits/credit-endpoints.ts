import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { getBalance } from "../../core/credits/get-balance.ts";
import { listTransactions } from "../../core/credits/list-transactions.ts";
import type { CreditTransaction } from "../../core/model.ts";
import { errorResponses } from "../error-answer.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { ownSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";

const types = ["usage", "purchase", "free", "refund", "admin_adjustment"] as const;
const transactionSchema = z
  .object({
    id: z.string(),
    type: z.enum(types),
    credits: z.number().int().openapi({ description: "Signed" }),
    bucket: z.enum(["free", "paid"]),
    balance_after: z.number().int(),
    description: z.string(),
    reference_type: z.string(),
    reference_id: z.string(),
    created_at: z.iso.datetime(),
  })
  .openapi("CreditTransaction");
const balanceSchema = z
  .object({ credits: z.number().int(), daily_free_credits: z.number().int(), total_used: z.number().int() })
  .openapi("Balance");
const pageSchema = z
  .object({
    transactions: z.array(transactionSchema),
    total: z.number().int(),
    page: z.number().int(),
    limit: z.number().int(),
  })
  .openapi("CreditTransactions");

const refused = errorResponses(
  "invalid_request",
  "unauthenticated",
  "invalid_api_key",
  "key_not_permitted",
  "rate_limited",
);
const base = { method: "get" as const, tags: ["Credits"], security: ownSecurity };

const balanceRoute = createRoute({
  ...base,
  path: "/credits",
  summary: "Read the balance",
  responses: {
    200: { description: "Both buckets", content: { "application/json": { schema: balanceSchema } } },
    ...refused,
  },
});

const ledgerRoute = createRoute({
  ...base,
  path: "/credits/transactions",
  summary: "List the ledger, newest first",
  request: {
    query: z.object({
      page: z.coerce.number().int().min(1).default(1),
      limit: z.coerce.number().int().min(1).max(100).default(20),
      type: z.enum(types).optional(),
      date_from: z.iso.datetime({ offset: true }).optional(),
      date_to: z.iso.datetime({ offset: true }).optional(),
    }),
  },
  responses: { 200: { description: "One page", content: { "application/json": { schema: pageSchema } } }, ...refused },
});

function toShape({ user_id: _owner, metadata: _metadata, created_at, ...row }: CreditTransaction) {
  return { ...row, created_at: created_at.toISOString() };
}

/** GET /credits and GET /credits/transactions */
export function addCreditEndpoints(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const { store, clock, allowance } = services;
  const middleware = [authenticate(services, "J", "S")];
  app.openapi(createRoute({ ...balanceRoute, middleware }), async (c) =>
    c.json(await getBalance(store, c.get("caller").user.id, allowance, clock.now()), 200),
  );
  app.openapi(createRoute({ ...ledgerRoute, middleware }), async (c) => {
    const { page, limit, type, date_from, date_to } = c.req.valid("query");
    const filter = {
      type,
      dateFrom: date_from ? new Date(date_from) : undefined,
      dateTo: date_to ? new Date(date_to) : undefined,
    };
    const found = await listTransactions(store, c.get("caller").user.id, filter, { page, limit });
    return c.json({ ...found, transactions: found.transactions.map(toShape) }, 200);
  });
}
