import { execFile } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test, vi } from "vitest";
import { createSqliteStore } from "../adapters/store/sqlite/create-sqlite-store.ts";
import { hashSecret } from "../core/crypto/hash-secret.ts";
import type { Store } from "../core/ports.ts";

// three passwords are hashed per start, at their real cost
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(path.join(tmpdir(), "trailroom-seed-"));
const file = path.join(folder, ".demo.json");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The seed as `npm run demo` starts it; what it has written. */
async function seed(shopUrl: string) {
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: "development" as const,
    DATA_DIR: folder,
    PUBLIC_URL: "http://127.0.0.1:8001",
    SHOP_URL: shopUrl,
    ENCRYPTION_KEYS: "demo:Zp3vQ9sT1xLw8Rb5Yc2Nf7Hj4Kd6Gm0AqUeXo",
  };
  await promisify(execFile)(process.execPath, [path.join(import.meta.dirname, "seed-demo.ts"), file], { env });
  return JSON.parse(readFileSync(file, "utf8"));
}

async function withStore<T>(look: (store: Store) => Promise<T>): Promise<T> {
  const store = await createSqliteStore({ url: `file:${path.join(folder, "trailroom.db")}` });
  return look(store).finally(() => store.close());
}
const keyOf = (secret: string) => withStore((store) => store.apiKeys.findByHash(hashSecret(secret)));

test("the first start makes a verified, paying merchant with 2000 credits by one act, and a file for one pair of eyes", async () => {
  const demo = await seed("http://127.0.0.1:3000");
  expect(demo).toMatchObject({
    shopUrl: "http://127.0.0.1:3000",
    platformUrl: "http://127.0.0.1:8001",
    publishableKey: expect.stringMatching(/^pk_live_\w{32}$/),
    secretKey: expect.stringMatching(/^sk_live_\w{32}$/),
    merchant: { email: expect.stringContaining("@"), password: expect.stringMatching(/^.{24}$/) },
    admin: { email: expect.stringContaining("@"), password: expect.stringMatching(/^.{24}$/) },
  });
  expect(statSync(demo.samplePhoto).isFile()).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { merchant, rows } = await withStore(async (store) => {
    const found = await store.users.findByEmail(demo.merchant.email);
    const ledger = await store.creditTransactions.list(found?.id ?? "", {}, { offset: 0, limit: 10 });
    return { merchant: found, rows: ledger };
  });
  expect(merchant).toMatchObject({ role: "paid", is_email_verified: true, is_demo: true, credits: 2000 });
  expect(rows).toMatchObject([{ type: "admin_adjustment", credits: 2000, bucket: "paid" }]);
});

test("a later start keeps keys, passwords and credits, and sets the origin to where the shop is now", async () => {
  const before = JSON.parse(readFileSync(file, "utf8"));
  chmodSync(file, 0o644);
  const after = await seed("http://127.0.0.1:3001");
  expect(after).toEqual({ ...before, shopUrl: "http://127.0.0.1:3001" });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await keyOf(after.publishableKey)).toMatchObject({ allowed_origins: ["http://127.0.0.1:3001"] });
  const merchant = await withStore((store) => store.users.findByEmail(after.merchant.email));
  expect(merchant?.credits).toBe(2000);
});

test("keys and passwords that do not match the database are made anew", async () => {
  const before = JSON.parse(readFileSync(file, "utf8"));
  const foreign = { secretKey: `sk_live_${"0".repeat(32)}`, merchant: { ...before.merchant, password: "another" } };
  writeFileSync(file, JSON.stringify({ ...before, ...foreign }));
  const after = await seed("http://127.0.0.1:3000");
  expect(after.publishableKey).toBe(before.publishableKey);
  expect([after.secretKey, after.merchant.password]).not.toContain("another");
  expect(after.secretKey).not.toBe(foreign.secretKey);
  expect(await keyOf(after.secretKey)).toMatchObject({ kind: "secret", is_active: true });
  writeFileSync(file, "half a fi");
  expect((await seed("http://127.0.0.1:3000")).secretKey).toMatch(/^sk_live_/);
});
