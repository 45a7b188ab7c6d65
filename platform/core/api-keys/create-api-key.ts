import { v7 as uuidv7 } from "uuid";
import { hashSecret } from "../crypto/hash-secret.ts";
import { randomBase62 } from "../crypto/random-base62.ts";
import { AppError } from "../errors.ts";
import type { ApiKey, KeyKind, KeyMode } from "../model.ts";
import type { Repositories } from "../ports.ts";
import { isAllowedOriginForm } from "./match-origin.ts";

export interface NewApiKey {
  userId: string;
  kind: KeyKind;
  mode: KeyMode;
  name: string;
  allowedOrigins?: string[];
  garmentHosts?: string[];
  dailyBudget?: number | null;
  /** where shoppers need a session: what signs it, encrypted */
  sessionSecret?: string | null;
  /** whose budget it spends from, when it is not its own */
  budgetKeyId?: string;
  /** for a key that is the same everywhere, the landing page's */
  known?: { id: string; secret: string };
  now: Date;
}

const keyPrefixes = { secret: "sk", publishable: "pk" } as const;
const shownPrefixLength = 16;

/** Makes a key. `secret` is the whole key: of a secret key it is never to be had again. Throws invalid_request for an origin of a wrong form. */
export async function createApiKey(tx: Repositories, key: NewApiKey): Promise<{ apiKey: ApiKey; secret: string }> {
  if (!(key.allowedOrigins ?? []).every(isAllowedOriginForm)) {
    throw new AppError("invalid_request", { details: { allowed_origins: "not an origin, or a wildcard too wide" } });
  }
  const secret = key.known?.secret ?? `${keyPrefixes[key.kind]}_${key.mode}_${randomBase62(32)}`;
  const apiKey: ApiKey = {
    id: key.known?.id ?? uuidv7(),
    user_id: key.userId,
    kind: key.kind,
    mode: key.mode,
    key_hash: hashSecret(secret),
    key_prefix: secret.slice(0, shownPrefixLength),
    public_value: key.kind === "publishable" ? secret : null,
    name: key.name,
    allowed_origins: key.allowedOrigins ?? [],
    garment_hosts: key.garmentHosts ?? [],
    daily_budget: key.dailyBudget ?? null,
    require_session: typeof key.sessionSecret === "string",
    session_secret: key.sessionSecret ?? null,
    budget_key_id: key.budgetKeyId ?? null,
    last_used: null,
    usage_count: 0,
    is_active: true,
    expires_at: null,
    created_at: key.now,
    updated_at: key.now,
  };
  await tx.apiKeys.insert(apiKey);
  return { apiKey, secret };
}
