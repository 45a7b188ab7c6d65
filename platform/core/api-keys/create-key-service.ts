import type { Client } from "../auth/deps.ts";
import { noteAuthEvent } from "../auth/note-auth-event.ts";
import { dayName } from "../credits/day.ts";
import type { KeyRing } from "../crypto/key-ring.ts";
import { randomBase62 } from "../crypto/random-base62.ts";
import { AppError } from "../errors.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { ApiKey, KeyKind, KeyMode, User } from "../model.ts";
import { newOutboxRow } from "../outbox/new-outbox-row.ts";
import type { Clock, Repositories, Store } from "../ports.ts";
import { budgetKeyId } from "./budget-key-id.ts";
import { createApiKey } from "./create-api-key.ts";
import type { KeySettings } from "./key-rules.ts";
import { assertKeySettings } from "./key-rules.ts";

interface KeyDeps {
  store: Store;
  clock: Clock;
  ring: KeyRing;
}

export interface NewKey extends KeySettings {
  name: string;
  kind: KeyKind;
  mode: KeyMode;
}

/** A new key, and what signs its shopper sessions: both are told this once. */
export interface MadeApiKey {
  apiKey: ApiKey;
  secret: string;
  sessionSecret: string | null;
}

/** 256 bits, as HS256 wants them */
const newSessionSecret = () => `ss_${randomBase62(43)}`;
const mostActive = 50;
const hourMs = 3_600_000;

/** Whether requests with this key are let in. */
export const isKeyAlive = (key: ApiKey, now: Date) =>
  key.is_active && (key.expires_at === null || key.expires_at > now);

/** What a merchant does with their API keys. */
export function createKeyService({ store, clock, ring }: KeyDeps) {
  const findOwned = async (userId: string, keyId: string) => {
    const key = await store.apiKeys.findById(userId, keyId);
    if (!key || !isKeyAlive(key, clock.now())) throw new AppError("not_found");
    return key;
  };
  return {
    list: (userId: string) => store.apiKeys.listByUser(userId),
    /** Every key, newest first, with what publishable ones have spent of their budget today. */
    listWithBudgets: async (userId: string) => {
      const now = clock.now();
      const all = await store.apiKeys.listByUser(userId);
      const spendsNow = (key: ApiKey) => key.kind === "publishable" && isKeyAlive(key, now);
      const keys = await Promise.all(
        [...all]
          .sort((a, b) => b.created_at.getTime() - a.created_at.getTime() || (a.id < b.id ? 1 : -1))
          .map(async (key) => ({
            key,
            today: spendsNow(key) ? await store.keyBudgets.find(budgetKeyId(key), dayName(now)) : null,
          })),
      );
      return { keys, now };
    },
    /** The key itself is told once. Throws account_suspended, invalid_request or conflict. */
    generate: async (user: User, input: NewKey, client: Client): Promise<MadeApiKey> => {
      if (user.is_suspended) throw new AppError("account_suspended");
      assertKeySettings(input, input.kind);
      const now = clock.now();
      const alive = (await store.apiKeys.listByUser(user.id)).filter((key) => isKeyAlive(key, now));
      if (alive.length >= mostActive) throw new AppError("conflict", { details: { keys: `at most ${mostActive}` } });
      return store.transaction((tx) => make(tx, user, input, client, { ring, now }));
    },
    /** With a session secret where the key begins to require sessions. Throws not_found or invalid_request. */
    update: async (userId: string, keyId: string, patch: KeySettings) => {
      const key = await findOwned(userId, keyId);
      assertKeySettings(patch, key.kind);
      const now = clock.now();
      const { change, sessionSecret } = changeOf(key, patch, ring);
      await store.apiKeys.update(userId, keyId, change, now);
      return { apiKey: { ...key, ...change, updated_at: now }, sessionSecret };
    },
    /** Ends a key at once. Throws not_found. */
    revoke: async (userId: string, keyId: string, client: Client) => {
      const key = await findOwned(userId, keyId);
      const now = clock.now();
      await store.transaction(async (tx) => {
        await tx.apiKeys.update(userId, keyId, { is_active: false }, now);
        await tellRevoked(tx, key, client, now);
      });
    },
    /** A new key of the same settings and the same budget, with a session secret of its own; the old one works on for the grace. Throws account_suspended or not_found. */
    regenerate: async (user: User, keyId: string, graceHours: number, client: Client): Promise<MadeApiKey> => {
      if (user.is_suspended) throw new AppError("account_suspended");
      const old = await findOwned(user.id, keyId);
      const now = clock.now();
      return store.transaction(async (tx) => {
        const end =
          graceHours > 0 ? { expires_at: new Date(now.getTime() + graceHours * hourMs) } : { is_active: false };
        await tx.apiKeys.update(user.id, keyId, end, now);
        if (graceHours === 0) await tellRevoked(tx, old, client, now);
        return make(tx, user, { ...old, budgetKeyId: budgetKeyId(old) }, client, { ring, now });
      });
    },
  };
}

/** What changes in the row; with a session secret where the key begins to require sessions, without one where it ends. */
function changeOf(key: ApiKey, patch: KeySettings, ring: KeyRing) {
  const requires = patch.require_session ?? key.require_session;
  if (requires === key.require_session) return { change: patch, sessionSecret: null };
  const sessionSecret = requires ? newSessionSecret() : null;
  return { change: { ...patch, session_secret: sessionSecret && ring.encrypt(sessionSecret) }, sessionSecret };
}

type KeyToMake = NewKey & { budgetKeyId?: string };

async function make(
  tx: Repositories,
  user: User,
  input: KeyToMake,
  { ip }: Client,
  { ring, now }: { ring: KeyRing; now: Date },
): Promise<MadeApiKey> {
  const sessionSecret = input.require_session ? newSessionSecret() : null;
  const made = await createApiKey(tx, {
    userId: user.id,
    kind: input.kind,
    mode: input.mode,
    name: input.name,
    allowedOrigins: input.allowed_origins,
    garmentHosts: input.garment_hosts,
    dailyBudget: input.daily_budget,
    budgetKeyId: input.budgetKeyId,
    sessionSecret: sessionSecret && ring.encrypt(sessionSecret),
    now,
  });
  const { id, name, kind, mode, key_prefix } = made.apiKey;
  const told = { key_id: id, name, kind, mode, key_prefix };
  await noteAuthEvent(tx, { kind: "api_key_created", userId: user.id, apiKeyId: id, ip }, now);
  await queueMail(tx, { userId: user.id, type: "key_created", payload: told }, now);
  await tx.outbox.insert(
    newOutboxRow({ user_id: user.id, channel: "webhook", type: "api_key.created", payload: told }, now),
  );
  return { ...made, sessionSecret };
}

async function tellRevoked(tx: Repositories, key: ApiKey, { ip }: Client, now: Date) {
  const { id, user_id, name, kind, mode, key_prefix } = key;
  const told = { key_id: id, name, kind, mode, key_prefix };
  await noteAuthEvent(tx, { kind: "api_key_revoked", userId: user_id, apiKeyId: id, ip }, now);
  await tx.outbox.insert(newOutboxRow({ user_id, channel: "webhook", type: "api_key.revoked", payload: told }, now));
}

export type KeyService = ReturnType<typeof createKeyService>;
