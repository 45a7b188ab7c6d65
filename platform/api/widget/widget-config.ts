import { createHash } from "node:crypto";
import type { OpenAPIHono } from "@hono/zod-openapi";
import { createRoute, z } from "@hono/zod-openapi";
import type { Caller } from "../../core/caller.ts";
import { allowanceOf } from "../../core/credits/allowance.ts";
import { dayStart } from "../../core/credits/day.ts";
import { isRenewed } from "../../core/credits/renew-free-credits.ts";
import type { MerchantSettings } from "../../core/model.ts";
import { isSiteUser } from "../../core/site/site-account.ts";
import { consentVersionFor } from "../../core/tryon/consent-version.ts";
import { priceOf } from "../../core/tryon/price-of.ts";
import { hasBudgetLeft } from "../../core/tryon/spend-key-budget.ts";
import { errorResponses } from "../error-answer.ts";
import { jsonAnswer } from "../json-content.ts";
import { authenticate } from "../middleware/authenticate.ts";
import { widgetSecurity } from "../security.ts";
import type { ApiEnv, ApiServices } from "../services.ts";

const models = [1, 2, 3, 4, 5, 6].map((number) => `/v1/models/person-${number}.jpg`);

const configSchema = z
  .object({
    consent_version: z.string(),
    modes: z.array(z.enum(["top", "full"])),
    retention: z.object({ photo_hours: z.number(), result_hours: z.number() }),
    shows_results: z.boolean().openapi({ description: "The merchant may see shoppers' results; consent says so." }),
    texts: z.record(z.string(), z.string()),
    look: z.record(z.string(), z.string()),
    resting: z.boolean().openapi({ description: "Nothing can be tried on for now; why is the merchant's affair." }),
    cap: z.number().int().openapi({ description: "Try-ons a day per shopper" }),
    brand: z.string().nullable(),
    models: z.array(z.string()),
    models_first: z.boolean().openapi({ description: "Sample people before the shopper's own photo." }),
  })
  .openapi("WidgetConfig");

const configExample = {
  consent_version: "2026-11",
  modes: ["top" as const, "full" as const],
  retention: { photo_hours: 24, result_hours: 24 },
  shows_results: false,
  texts: { button: "See it on you" },
  look: { accent: "#14614a" },
  resting: false,
  cap: 10,
  brand: "Trail & Room Supply",
  models,
  models_first: false,
};

const route = createRoute({
  method: "get",
  path: "/widget/config",
  tags: ["Widget"],
  summary: "What the widget must know of its merchant",
  security: widgetSecurity,
  request: { headers: z.object({ "if-none-match": z.string().optional() }) },
  responses: {
    200: jsonAnswer("At most 2 kB", configSchema, configExample),
    304: { description: "Unchanged" },
    ...errorResponses(
      "unauthenticated",
      "token_expired",
      "invalid_api_key",
      "forbidden",
      "origin_not_allowed",
      "key_not_permitted",
      "rate_limited",
    ),
  },
});

const isUsedUp = async ({ store, clock, tryOns }: ApiServices, { user }: Caller) =>
  (await store.tryOnJobs.countSince(user.id, dayStart(clock.now()), "preview")) >= tryOns.settings.previewsPerDay;

/** The button rests when the next job could not be taken: no credits, or the key's budget is used up. */
async function isResting(services: ApiServices, caller: Caller, merchant: MerchantSettings | null) {
  const { store, clock, tryOns, allowance } = services;
  const { user, apiKey, keyMode } = caller;
  if (user.is_suspended || (keyMode !== "test" && !user.is_email_verified)) return true;
  if (keyMode === "preview") return isUsedUp(services, caller);
  const price = priceOf(tryOns.settings, caller, "top");
  if (apiKey && !(await hasBudgetLeft(store, { key: apiKey, merchant, price, now: clock.now() }))) return true;
  // the next job would renew the free bucket first
  const free = isRenewed(user, clock.now()) ? user.daily_free_credits : allowanceOf(user, allowance);
  return user.credits + free < price;
}

/** GET /widget/config */
export function addWidgetConfig(app: OpenAPIHono<ApiEnv>, services: ApiServices) {
  const middleware = [authenticate(services, "P")];
  app.openapi(createRoute({ ...route, middleware }), async (c) => {
    const caller = c.get("caller");
    const settings = await services.store.settings.find(caller.user.id);
    const config = {
      consent_version: consentVersionFor(services.tryOns.settings.consentVersion, settings),
      modes: settings?.allowed_modes ?? ["top" as const, "full" as const],
      retention: {
        photo_hours: settings?.photo_retention_hours ?? 24,
        result_hours: settings?.result_retention_hours ?? 24,
      },
      shows_results: settings?.show_shopper_results ?? false,
      texts: settings?.widget_texts ?? {},
      look: settings?.widget_look ?? {},
      resting: await isResting(services, caller, settings),
      cap: settings?.shopper_daily_cap ?? 10,
      brand: caller.user.company,
      models,
      models_first: isSiteUser(caller.user.id),
    };
    const etag = `"${createHash("sha256").update(JSON.stringify(config)).digest("base64url").slice(0, 22)}"`;
    c.header("ETag", etag);
    c.header("Cache-Control", "private, no-cache");
    if (c.req.valid("header")["if-none-match"] === etag) return c.body(null, 304);
    return c.json(config, 200);
  });
}
