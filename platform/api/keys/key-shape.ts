import { z } from "@hono/zod-openapi";
import { isPlainLine } from "../../core/accounts/plain-text.ts";
import { isKeyAlive } from "../../core/api-keys/create-key-service.ts";
import type { ApiKey } from "../../core/model.ts";

export const keyNameField = z.string().trim().min(1).max(80).refine(isPlainLine);
export const keySettings = {
  allowed_origins: z
    .array(z.string().max(253))
    .max(50)
    .openapi({ description: "Publishable keys: the shops' origins, one wildcard label allowed" }),
  garment_hosts: z
    .array(z.string().max(253))
    .max(50)
    .openapi({ description: "Publishable keys: where garment pictures may come from; empty = the origins" }),
  daily_budget: z
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .nullable()
    .openapi({ description: "Credits a day; null = the account's setting, else a share of the balance" }),
  require_session: z
    .boolean()
    .openapi({ description: "Publishable keys: try-ons need a shopper session that your server has signed" }),
};

/** Beside a key, when one was made. */
export const sessionSecretField = {
  session_secret: z
    .string()
    .optional()
    .openapi({ description: "Signs shopper sessions. Told when the key begins to require them, and never again." }),
};
/** The answer's part of it. */
export const tellSessionSecret = (sessionSecret: string | null) =>
  sessionSecret === null ? {} : { session_secret: sessionSecret };

export const keySchema = z
  .object({
    key_id: z.string(),
    name: z.string(),
    kind: z.enum(["secret", "publishable"]),
    mode: z.enum(["live", "test"]),
    key_prefix: z.string(),
    public_value: z.string().nullable().openapi({ description: "The key itself, publishable keys only" }),
    ...keySettings,
    is_active: z.boolean(),
    usage_count: z.number().int(),
    last_used: z.iso.datetime().nullable(),
    expires_at: z.iso.datetime().nullable().openapi({ description: "The end of a regenerated key's grace" }),
    created_at: z.iso.datetime(),
  })
  .openapi("ApiKey");

export const toKeyShape = (key: ApiKey, now: Date): z.infer<typeof keySchema> => ({
  key_id: key.id,
  name: key.name,
  kind: key.kind,
  mode: key.mode,
  key_prefix: key.key_prefix,
  public_value: key.public_value,
  allowed_origins: key.allowed_origins,
  garment_hosts: key.garment_hosts,
  daily_budget: key.daily_budget,
  require_session: key.require_session,
  is_active: isKeyAlive(key, now),
  usage_count: key.usage_count,
  last_used: key.last_used?.toISOString() ?? null,
  expires_at: key.expires_at?.toISOString() ?? null,
  created_at: key.created_at.toISOString(),
});

export const keyExample = {
  key_id: "019ab3f1-0b3c-7d20-8c11-5f1f4b1c0e77",
  name: "My shop",
  kind: "publishable" as const,
  mode: "live" as const,
  key_prefix: "pk_live_4fKq0Zb2",
  public_value: "pk_live_4fKq0Zb2mJt8Rw1yXc6vNe3uLh5sPd9a",
  allowed_origins: ["https://shop.example"],
  garment_hosts: [],
  daily_budget: null,
  require_session: false,
  is_active: true,
  usage_count: 0,
  last_used: null,
  expires_at: null,
  created_at: "2026-11-24T10:00:00.000Z",
};
