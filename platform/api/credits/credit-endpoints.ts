import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import { getBalance } from "../../core/credits/get-balance.ts";
import { listTransactions } from "../../core/credits/list-transactions.ts";
import type { CreditTransaction } from "../../core/model.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer } from "../json-content.ts";
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

const transactionExample = {
  id: "019ab3f0-2c4e-7a10-9d52-6f1f4b1c0e77",
  type: "usage" as const,
  credits: -1,
  bucket: "free" as const,
  balance_after: 2,
  description: "Try-on",
  reference_type: "tryon_job",
  reference_id: "0198c5f2-7e1a-7c3d-9a4b-3f2e1d0c9b8a",
  created_at: "2026-11-24T10:00:00.000Z",
};

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
    200: jsonAnswer("Both buckets", balanceSchema, { credits: 120, daily_free_credits: 3, total_used: 57 }),
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
  responses: {
    200: jsonAnswer("One page", pageSchema, { transactions: [transactionExample], total: 1, page: 1, limit: 20 }),
    ...refused,
  },
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
