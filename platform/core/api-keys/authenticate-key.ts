import { v7 as uuidv7 } from "uuid";
import type { Caller } from "../caller.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import { AppError } from "../errors.ts";
import type { KeyKind } from "../model.ts";
import type { Clock, Store } from "../ports.ts";
import { isOriginAllowed } from "./match-origin.ts";
import type { KeyUseRecorder } from "./record-key-use.ts";

const keyForm = /^(sk|pk)_(live|test)_[0-9A-Za-z]{32}$/;

export interface KeyCredential {
  key: string;
  kind: KeyKind;
  ip: string;
  origin: string | null;
  /** a publishable key that writes needs an allowed Origin; one that reads is held to it when the browser sends one */
  needsOrigin: boolean;
}

/** The caller behind an API key, read from the store each time so that a revoked key ends at once. Throws invalid_api_key, key_not_permitted or origin_not_allowed. */
export async function authenticateKey(
  { store, clock, uses }: { store: Store; clock: Clock; uses: KeyUseRecorder },
  { key, kind, ip, origin, needsOrigin }: KeyCredential,
): Promise<Caller> {
  if (!keyForm.test(key)) throw new AppError("invalid_api_key");
  const apiKey = await store.apiKeys.findByHash(hashSecret(key));
  const now = clock.now();
  if (!apiKey?.is_active || (apiKey.expires_at && apiKey.expires_at <= now)) throw new AppError("invalid_api_key");
  if (apiKey.kind !== kind) throw new AppError("key_not_permitted");
  const user = await store.users.findById(apiKey.user_id);
  if (!user?.is_active) throw new AppError("invalid_api_key");
  if (kind === "publishable" && (origin !== null || needsOrigin)) {
    if (origin === null || !isOriginAllowed(origin, apiKey.allowed_origins)) {
      await store.authEvents.insertNewOrigin({
        id: uuidv7(),
        kind: "origin_refused",
        user_id: user.id,
        api_key_id: apiKey.id,
        detail: { origin: (origin ?? "none").slice(0, 200) },
        ip_address: ip,
        created_at: now,
      });
      throw new AppError("origin_not_allowed");
    }
  }
  uses.note(apiKey, origin, ip);
  return { kind, user, apiKey, keyMode: apiKey.mode, ip, origin };
}
