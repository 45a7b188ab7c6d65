import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connectRedis } from "../../adapters/redis/connect-redis.ts";
import { startSmtp } from "../../sandbox/smtp/start-smtp.ts";
import { dropMongo, hasMongo, newMongoUrl } from "../../testing/make-mongo-store.ts";
import { makeStore } from "../../testing/make-store.ts";
import { hasRedis, startRedis } from "../../testing/start-redis.ts";
import { startS3 } from "../../testing/start-s3.ts";
import { checkDataDir, checkSqlite } from "./check-data-dir.ts";
import { checkMail } from "./check-mail.ts";
import { checkModels } from "./check-models.ts";
import { checkMongo } from "./check-mongo.ts";
import { checkObjects } from "./check-objects.ts";
import { checkRedis } from "./check-redis.ts";
import { clockSkew } from "./clock-skew.ts";

const script = path.join(import.meta.dirname, "..", "doctor.ts");
const random = () => randomBytes(32).toString("base64url");
const nothing = {} as NodeJS.ProcessEnv;
const silent = { info: () => {}, warn: () => {}, error: () => {} };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "trailroom-doctor-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const good = () => ({
  NODE_ENV: "production",
  PUBLIC_URL: "https://try.example",
  DATA_DIR: path.join(folder, "data"),
  JWT_SECRET: `a:${random()}`,
  ENCRYPTION_KEYS: `a:${random()}`,
  METRICS_TOKEN: random(),
  TRUST_PROXY: "1",
});

/** Runs the command on a file of settings, in an environment without any. */
function examine(settings: Record<string, string>) {
  const file = path.join(folder, "platform.env");
  writeFileSync(
    file,
    Object.entries(settings)
      .map(([name, value]) => `${name}=${value}`)
      .join("\n"),
  );
  const args = ["--disable-warning=ExperimentalWarning", script, "--env", file];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: nothing, encoding: "utf8" });
  return { status, text: stdout + stderr };
}

test("a sound configuration passes, and looking at it starts nothing and migrates nothing", () => {
  const { status, text } = examine(good());
  expect(text).not.toMatch(/FAULT/);
  expect(text.match(/^warn .*/gm)).toEqual([expect.stringMatching(/mail: off/)]);
  expect(status).toBe(0);
  expect(text).toMatch(/SQLite, made at the first start/);
});

test("every fault is told with how to mend it, no secret is repeated, and the exit code says so", () => {
  const weak = "short-secret-of-mine";
  const { status, text } = examine({ ...good(), JWT_SECRET: `a:${weak}`, PUBLIC_URL: "http://try.example" });
  expect(status).toBe(1);
  expect(text).toMatch(/FAULT configuration: .*JWT_SECRET.* weak/);
  expect(text).toMatch(/mend it: a list of kid:secret/);
  expect(text).not.toContain(weak);
  // one fault hides the other: modes are judged once the values can be read
  expect(examine({ ...good(), PUBLIC_URL: "http://try.example" }).text).toMatch(/PUBLIC_URL must be https/);
});

test("what is allowed and seldom meant is a warning", () => {
  const secret = `a:${random()}`;
  const { TRUST_PROXY: _one, ...rest } = good();
  const { status, text } = examine({ ...rest, JWT_SECRET: secret, ENCRYPTION_KEYS: secret });
  expect(status).toBe(0);
  expect(text).toMatch(/warn {2}configuration: TRUST_PROXY is 0/);
  expect(text).toMatch(/share a secret/);
});

test("a file of settings that is not there ends with a plain sentence", () => {
  const { status, stderr } = spawnSync(process.execPath, [script, "--env", path.join(folder, "none")], {
    env: nothing,
    encoding: "utf8",
  });
  expect(status).toBe(2);
  expect(stderr).toMatch(/ENOENT/);
});

test("a folder that cannot be written, or that others may read, is told", async () => {
  writeFileSync(path.join(folder, "file"), "");
  expect(await checkDataDir(path.join(folder, "file", "below"))).toMatchObject([
    { level: "fault", subject: "DATA_DIR" },
  ]);
  chmodSync(folder, 0o755);
  expect((await checkDataDir(folder)).map(({ level }) => level)).toEqual(["ok", "warn"]);
});

test("a sound database is told from a damaged one and from another file", async () => {
  const { store, folder: made, remove } = await makeStore();
  await store.ping();
  await store.close();
  // what was written last may still stand in the log beside the file
  for (const end of ["", "-wal", "-shm"]) {
    const file = path.join(made, `test.db${end}`);
    if (existsSync(file)) cpSync(file, path.join(folder, `trailroom.db${end}`));
  }
  expect(checkSqlite(folder)).toMatchObject([{ level: "ok", text: "SQLite, sound" }]);
  await remove();
  for (const end of ["-wal", "-shm"]) rmSync(path.join(folder, `trailroom.db${end}`), { force: true });
  writeFileSync(path.join(folder, "trailroom.db"), "not a database at all, but long enough to look like one");
  expect(checkSqlite(folder)).toMatchObject([{ level: "fault", subject: "store" }]);
});

test("a MongoDB that is not there is told within seconds, without its password", () => {
  const { status, text } = examine({ ...good(), MONGO_URL: "mongodb://me:hidden-password@127.0.0.1:1/trailroom" });
  expect(status).toBe(1);
  expect(text).toMatch(/FAULT store: MongoDB: .*\n.*check address/);
  expect(text).not.toContain("hidden-password");
});

test.skipIf(!hasMongo())(
  "a MongoDB replica set is told with its version, and tries a transaction that leaves nothing",
  async () => {
    const url = newMongoUrl();
    const findings = await checkMongo(url);
    expect(findings.filter(({ level }) => level === "fault")).toEqual([]);
    expect(findings.map(({ text }) => text)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^MongoDB \d/), "a transaction commits"]),
    );
    expect(findings.some(({ subject }) => subject === "clock")).toBe(true);
    await dropMongo(url);
  },
);

test.skipIf(!hasRedis)(
  "a Redis is told with its version; one that drops jobs when full, or is gone, is a fault",
  async () => {
    const redis = await startRedis();
    const levels = async () => (await checkRedis(redis.url)).map(({ level }) => level);
    expect(await levels()).toEqual(["ok", "ok", "ok"]);
    const link = await connectRedis({ url: redis.url, log: silent });
    await link.commands.config("SET", "maxmemory-policy", "allkeys-lru");
    expect(await checkRedis(redis.url)).toContainEqual(
      expect.objectContaining({ level: "fault", text: "its maxmemory-policy is allkeys-lru" }),
    );
    expect(await link.commands.dbsize()).toBe(0);
    link.close();
    await redis.remove();
    expect(await levels()).toEqual(["fault"]);
  },
);

test("a bucket is tried; the setting at fault is named", async () => {
  const s3 = await startS3();
  const findings = await checkObjects(s3.settings);
  expect(findings.filter(({ level }) => level === "fault")).toEqual([]);
  expect(findings.map(({ subject }) => subject)).toContain("clock");
  expect(await checkObjects({ ...s3.settings, bucket: "another-bucket" })).toContainEqual(
    expect.objectContaining({ level: "fault", text: expect.stringContaining("S3_BUCKET") }),
  );
  await s3.stop();
});

test("a mail server is greeted and logged in to; a wrong password is told and not repeated", async () => {
  const smtp = await startSmtp({ login: "trailroom:right-password" });
  const mail = { kind: "smtp" as const, url: smtp.url, from: { name: "T", address: "hello@trailroom.example" } };
  expect(await checkMail(mail, smtp.ca)).toMatchObject([{ level: "ok", subject: "mail" }]);
  expect(smtp.mails).toEqual([]);
  const [refused] = await checkMail({ ...mail, url: smtp.url.replace("right-password", "wrong-password") }, smtp.ca);
  expect(refused?.level).toBe("fault");
  expect(JSON.stringify(refused)).not.toContain("wrong-password");
  await smtp.stop();
});

test("a model file that was changed or lost is named", async () => {
  writeFileSync(path.join(folder, "manifest.json"), JSON.stringify({ "a.bin": "0".repeat(64), "b.bin": "1" }));
  writeFileSync(path.join(folder, "a.bin"), "other bytes");
  expect(await checkModels(folder)).toMatchObject([
    { level: "fault", text: "a.bin is not the one we ship" },
    { level: "fault", text: "b.bin is missing" },
  ]);
});

test.each([
  [0, "ok"],
  [-20_000, "warn"],
  [90_000, "fault"],
])("a clock that is %d ms off is %s", (skewMs, level) => {
  const now = new Date("2026-11-24T10:00:00Z");
  expect(clockSkew("Redis", new Date(now.getTime() + skewMs), now, now)).toMatchObject({ level, subject: "clock" });
});
