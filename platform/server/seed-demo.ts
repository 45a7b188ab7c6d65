// Makes or mends what the demo needs and writes the demo file: node platform/server/seed-demo.ts FILE
// Reads DATA_DIR, PUBLIC_URL, SHOP_URL, KEY_BUDGET_PER_DAY, LIMIT_SHOPPER_ID_JOBS_PER_DAY and ENCRYPTION_KEYS. Nothing here is a secret of the repository: all is random per clone.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hash, verify } from "@node-rs/bcrypt";
import { createSqliteStore } from "../adapters/store/sqlite/create-sqlite-store.ts";
import { setSecondFactor } from "../core/accounts/create-admin.ts";
import { createMerchant } from "../core/accounts/create-merchant.ts";
import { normaliseEmail } from "../core/accounts/normalise-email.ts";
import { createApiKey } from "../core/api-keys/create-api-key.ts";
import { adjustCredits } from "../core/credits/adjust-credits.ts";
import { hashSecret } from "../core/crypto/hash-secret.ts";
import type { KeyRing } from "../core/crypto/key-ring.ts";
import { createKeyRing } from "../core/crypto/key-ring.ts";
import type { KeyKind, KeyMode, Role, User } from "../core/model.ts";
import type { Store } from "../core/ports.ts";

interface Login {
  email: string;
  password: string;
}

interface DemoFile {
  shopUrl: string;
  platformUrl: string;
  publishableKey: string;
  secretKey: string;
  testPublishableKey: string;
  testSecretKey: string;
  merchant: Login;
  admin: Login & { totpSecret: string };
  samplePhoto: string;
}

const bcryptCost = 12;
const startCredits = 2000;
const now = new Date();

function readDemoFile(file: string): Partial<DemoFile> {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  } catch {
    return {}; // half-written or edited by hand: made anew
  }
}

/** The account with this address; its password is kept while the demo file's one opens it. */
async function ensureAccount(store: Store, email: string, role: Role, company: string, known?: Login) {
  const found = await store.users.findByEmail(normaliseEmail(email));
  const user =
    found ??
    (await store.transaction((tx) =>
      createMerchant(tx, { email, role, company, passwordHash: null, isEmailVerified: true, isDemo: true, now }),
    ));
  const stillOpens =
    known?.email === email &&
    user.password_hash &&
    (await verify(known.password, user.password_hash).catch(() => false));
  if (known && stillOpens) return { user, login: known };
  const password = randomBytes(18).toString("base64url");
  await store.users.update(user.id, { password_hash: await hash(password, { cost: bcryptCost }), updated_at: now });
  return { user, login: { email, password } };
}

/** The admin's second factor: the demo file's one while it matches the database, else a new one. */
async function ensureSecondFactor(store: Store, ring: KeyRing, user: User, known: string | undefined) {
  const found = await store.mfa.find(user.id);
  if (known && found?.confirmed_at && isSealed(ring, found.sealed_secret, known)) return known;
  return (await store.transaction((tx) => setSecondFactor(tx, ring, user, now))).secret;
}

function isSealed(ring: KeyRing, sealed: string, text: string) {
  try {
    return ring.decrypt(sealed) === text;
  } catch {
    return false; // sealed under keys that are gone
  }
}

/** The account's working key of this kind and mode: the demo file's one while it matches the database, else a new one. */
async function ensureKey(store: Store, user: User, kind: KeyKind, mode: KeyMode, known: string | undefined) {
  const found = known ? await store.apiKeys.findByHash(hashSecret(known)) : null;
  const isRight = found?.is_active && found.user_id === user.id && found.kind === kind && found.mode === mode;
  if (known && isRight) return { id: found.id, key: known };
  const name = mode === "live" ? "Demo shop" : "Demo shop, test mode";
  const { apiKey, secret } = await createApiKey(store, { userId: user.id, kind, mode, name, now });
  return { id: apiKey.id, key: secret };
}

/** `kid:secret` pairs as in the platform's own environment. */
const keysOf = (text: string) =>
  text.split(",").map((pair) => ({ kid: pair.slice(0, pair.indexOf(":")), secret: pair.slice(pair.indexOf(":") + 1) }));

async function seed(store: Store, file: string, env: NodeJS.ProcessEnv): Promise<DemoFile> {
  const { SHOP_URL: shopUrl = "", PUBLIC_URL: platformUrl = "", KEY_BUDGET_PER_DAY = "1000" } = env;
  const { LIMIT_SHOPPER_ID_JOBS_PER_DAY: cap = "300" } = env;
  const known = readDemoFile(file);
  const merchant = await ensureAccount(
    store,
    "merchant@demo.trailroom.test",
    "paid",
    "Trail & Room Supply",
    known.merchant,
  );
  const admin = await ensureAccount(store, "admin@demo.trailroom.test", "admin", "TrailRoom", known.admin);
  const booked = await store.creditTransactions.count(merchant.user.id, { type: "admin_adjustment" }, 1);
  if (booked === 0) {
    const grant = {
      userId: merchant.user.id,
      credits: startCredits,
      reason: "Demo credits",
      actionId: "demo-seed",
      now,
    };
    await store.transaction((tx) => adjustCredits(tx, grant));
  }
  const secret = await ensureKey(store, merchant.user, "secret", "live", known.secretKey);
  const publishable = await ensureKey(store, merchant.user, "publishable", "live", known.publishableKey);
  const testSecret = await ensureKey(store, merchant.user, "secret", "test", known.testSecretKey);
  const testPublishable = await ensureKey(store, merchant.user, "publishable", "test", known.testPublishableKey);
  const shop = { allowed_origins: [shopUrl], garment_hosts: [], daily_budget: Number(KEY_BUDGET_PER_DAY) };
  for (const { id } of [publishable, testPublishable]) await store.apiKeys.update(merchant.user.id, id, shop, now);
  const settings = await store.settings.find(merchant.user.id);
  // one person tries the whole shop on
  if (settings) await store.settings.upsert({ ...settings, shopper_daily_cap: Number(cap), updated_at: now });
  const ring = createKeyRing(keysOf(env.ENCRYPTION_KEYS ?? ""));
  const totpSecret = await ensureSecondFactor(store, ring, admin.user, known.admin?.totpSecret);
  return {
    shopUrl,
    platformUrl,
    publishableKey: publishable.key,
    secretKey: secret.key,
    testPublishableKey: testPublishable.key,
    testSecretKey: testSecret.key,
    merchant: merchant.login,
    admin: { email: admin.login.email, password: admin.login.password, totpSecret },
    samplePhoto: path.resolve(import.meta.dirname, "../public/v1/models/person-1.jpg"),
  };
}

const [file] = process.argv.slice(2);
const folder = process.env.DATA_DIR;
if (!file || !folder) throw new Error("usage: DATA_DIR=… node platform/server/seed-demo.ts FILE");
mkdirSync(folder, { recursive: true, mode: 0o700 });
const store = await createSqliteStore({ url: `file:${path.resolve(folder, "trailroom.db")}` });
try {
  writeFileSync(file, `${JSON.stringify(await seed(store, file, process.env), null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600); // the mode above counts for a new file only
} finally {
  await store.close();
}
