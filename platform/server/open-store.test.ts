import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startFakeMongod } from "../testing/fake-mongod.ts";
import { dropMongo, hasMongo, newMongoUrl } from "../testing/make-mongo-store.ts";
import { openStore } from "./open-store.ts";

const dataDir = mkdtempSync(path.join(tmpdir(), "trailroom-open-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const noLog = { info: () => {}, warn: () => {}, error: () => {} };
const open = (mongoUrl: string | null) => openStore({ dataDir, mongoUrl, mode: "production" }, noLog);

/** What opening says, and that it said so within ten seconds. */
async function refusal(mongoUrl: string) {
  const started = performance.now();
  const error = await open(mongoUrl).then(
    () => new Error("it opened"),
    (refused: Error) => refused,
  );
  expect(performance.now() - started).toBeLessThan(10_000);
  return error.message;
}

async function refusalBy(hello: Record<string, unknown>, query = "", other?: Record<string, unknown>) {
  const server = await startFakeMongod(hello, other);
  try {
    return await refusal(`mongodb://${query.includes("auth") ? "app:pa55word@" : ""}${server.host}/${query}`);
  } finally {
    await server.close();
  }
}

describe("a MONGO_URL that cannot be used is named with the reason, within 10 s, and without its password", () => {
  test("nobody there", async () => {
    const message = await refusal("mongodb://app:pa55word@127.0.0.1:9/trailroom?replicaSet=rs0");
    expect(message).toMatch(/^The configuration is not usable:\n- MONGO_URL: no usable server: /);
    expect(message).toContain("ECONNREFUSED 127.0.0.1:9");
    expect(message).not.toContain("pa55word");
  });

  test("not a URL", async () => {
    expect(await refusal("mongodb://app:pa55word@")).toMatch(/MONGO_URL: not a MongoDB URL/);
    expect(await refusal("mongodb://app:pa55word@")).not.toContain("pa55word");
  });

  test("a standalone mongod, whether the URL names a replica set or not", async () => {
    for (const query of ["", "?replicaSet=rs0"]) {
      expect(await refusalBy({}, query)).toContain("MONGO_URL: a standalone server: transactions need a replica set");
    }
  });

  test("a server older than MongoDB 7", async () => {
    expect(await refusalBy({ setName: "rs0", maxWireVersion: 17 }, "?directConnection=true")).toContain(
      "MONGO_URL: older than MongoDB 7.0",
    );
  });

  test("a wrong password", async () => {
    const denied = { ok: 0, code: 18, codeName: "AuthenticationFailed", errmsg: "Authentication failed." };
    const message = await refusalBy({ setName: "rs0" }, "?directConnection=true&authSource=admin", denied);
    expect(message).toContain("MONGO_URL: no usable server: Authentication failed.");
    expect(message).not.toContain("pa55word");
  });
});

test("the process says so too and exits 1", async () => {
  const secret = "k1:Zp3vQ9sT1xLw8Rb5Yc2Nf7Hj4Kd6Gm0AqUeXo";
  const started = performance.now();
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "index.ts")], {
    env: {
      NODE_ENV: "production",
      PUBLIC_URL: "https://try.example",
      DATA_DIR: dataDir,
      JWT_SECRET: secret,
      ENCRYPTION_KEYS: secret,
      METRICS_TOKEN: "a-metrics-token-of-24-characters",
      LOG_LEVEL: "silent",
      MONGO_URL: "mongodb://127.0.0.1:9/trailroom",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.on("data", (part) => {
    said += part;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(1);
  expect(said).toContain("- MONGO_URL: no usable server: connect ECONNREFUSED 127.0.0.1:9");
  expect(performance.now() - started).toBeLessThan(10_000);
});

test("without MONGO_URL the SQLite file in DATA_DIR is opened; one that cannot be is named", async () => {
  const store = await open(null);
  await store.ping();
  await store.close();
  const file = path.join(dataDir, "trailroom.db");
  await expect(openStore({ dataDir: file, mongoUrl: null, mode: "production" }, noLog)).rejects.toThrow();
});

describe.skipIf(!hasMongo())("MongoDB", () => {
  test("MONGO_URL opens that database, and what was made in it is logged: all at first, then nothing", async () => {
    const url = newMongoUrl();
    const logged: Record<string, string[]>[] = [];
    const log = { ...noLog, info: (fields: object) => void logged.push(fields as Record<string, string[]>) };
    for (const _start of [1, 2]) {
      const store = await openStore({ dataDir, mongoUrl: url, mode: "production" }, log);
      await store.ping();
      await store.close();
    }
    const [first, second] = logged;
    expect(first?.collections).toContain("TryOnJob");
    expect(first?.indexes).toContain("TryOnJob.account_key_mode");
    expect(second).toMatchObject({ collections: [], validators: [], indexes: [], unknown: [] });
    await dropMongo(url);
  });
});
