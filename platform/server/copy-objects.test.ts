import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDiskObjectStore } from "../adapters/objects/disk/create-disk-object-store.ts";
import { createS3ObjectStore } from "../adapters/objects/s3/create-s3-object-store.ts";
import { createSqliteStore } from "../adapters/store/sqlite/create-sqlite-store.ts";
import type { ObjectStore } from "../core/ports.ts";
import type { S3ForTest } from "../testing/start-s3.ts";
import { startS3 } from "../testing/start-s3.ts";
import { copyObjects } from "./copy-objects.ts";

const objects = 300;
vi.setConfig({ testTimeout: 60_000 });
let s3: S3ForTest;
let folder: string;
let source: ObjectStore;
let target: ReturnType<typeof createS3ObjectStore>;
beforeEach(async () => {
  s3 = await startS3();
  folder = mkdtempSync(path.join(tmpdir(), "trailroom-copy-"));
  source = createDiskObjectStore({ folder: path.join(folder, "objects") });
  target = createS3ObjectStore(s3.settings);
  for (let i = 0; i < objects; i += 1) {
    await source.put(`jobs/shop/${i}/result-0.png`, new Uint8Array(100 + i).fill(i), "image/png");
  }
});
afterEach(async () => {
  target.close();
  await s3.stop();
  rmSync(folder, { recursive: true, force: true });
});

const copy = (over: { target?: ObjectStore; identity?: string } = {}) => {
  const seen: string[] = [];
  const onProgress = ({ name, done, total }: { name: string; done: number; total: number }) =>
    seen.push(`${name} ${done}/${total}`);
  const run = copyObjects({ source, target, identity: "here", onProgress, ...over });
  return { run, seen };
};
const run = (args: string[], env: Record<string, string> = s3.env) => {
  const lines: string[] = [];
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "run-copy-objects.ts"), ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => lines.push(String(text)));
  return { child, exited: once(child, "exit"), output: () => lines.join("") };
};
const toBucket = () => ["--from", `disk:${path.join(folder, "objects")}`, "--to", `s3://${s3.settings.bucket}`];

test("every object is copied byte for byte, told as it goes, and the target is left without a marker", async () => {
  const { run: copied, seen } = copy();
  expect(await copied).toBe(objects);
  expect(seen.slice(0, 2)).toEqual(["copied 0/300", "copied 1/300"]);
  expect(seen.at(-1)).toBe("verified 300/300");
  expect(s3.bucket.objects.size).toBe(objects);
  expect((await target.get("jobs/shop/7/result-0.png"))?.bytes).toEqual(new Uint8Array(107).fill(7));
});

test("a copy that is killed goes on where it was, under its own marker", async () => {
  const first = run(toBucket());
  await vi.waitFor(() => expect(s3.bucket.objects.size).toBeGreaterThan(20), { timeout: 20_000, interval: 5 });
  first.child.kill("SIGKILL");
  await first.exited;
  const copied = s3.bucket.objects.size - 1;
  expect(copied).toBeLessThan(objects);
  s3.calls.length = 0;
  const second = run(toBucket());
  expect((await second.exited)[0], second.output()).toBe(0);
  expect(second.output()).toMatch(/verified: 300 of 300\nCopied 300 objects .* every byte agrees/);
  const puts = s3.calls.filter((call) => call.startsWith("PUT /trailroom-pictures/jobs/"));
  expect(puts.length).toBeLessThanOrEqual(objects - copied);
  expect(s3.bucket.objects.size).toBe(objects);
});

test("a target with anything else in it is refused, and so is one that another copy has begun in", async () => {
  await target.put("jobs/else/1/top.png", new Uint8Array(1), "image/png");
  await expect(copy().run).rejects.toThrow(/not empty/);
  expect(s3.bucket.objects.size).toBe(1);
  await target.delete("jobs/else/1/top.png");
  const failing = {
    ...target,
    put: async (...args: Parameters<ObjectStore["put"]>) => {
      if (args[0].startsWith("jobs/")) throw new Error("cut off");
      await target.put(...args);
    },
  };
  await expect(copy({ target: failing }).run).rejects.toThrow("cut off");
  await expect(copy({ identity: "elsewhere" }).run).rejects.toThrow(/another copy/);
  expect(await copy().run).toBe(objects);
});

test("an object that is not what was written is found, and the next run mends it", async () => {
  const damaging = {
    ...target,
    put: async (key: string, bytes: Uint8Array, contentType: string) => {
      await target.put(key, key === "jobs/shop/7/result-0.png" ? bytes.map((byte) => byte ^ 1) : bytes, contentType);
    },
  };
  await expect(copy({ target: damaging }).run).rejects.toThrow(/1 objects were not what they should be, jobs\/shop\/7/);
  expect(await copy().run).toBe(objects);
});

test("a folder that a platform works on is refused until it has stopped", async () => {
  const store = await createSqliteStore({ url: `file:${path.join(folder, "trailroom.db")}` });
  const now = new Date();
  await store.leases.acquire("chore:recover-leases", "scheduler", now, new Date(now.getTime() + 60_000));
  const refused = run(toBucket());
  expect((await refused.exited)[0]).toBe(1);
  expect(refused.output()).toMatch(/the platform is running on it/);
  expect(s3.bucket.objects.size).toBe(0);
  await store.leases.release("chore:recover-leases", "scheduler");
  await store.close();
  const allowed = run(toBucket());
  expect((await allowed.exited)[0], allowed.output()).toBe(0);
});

test.each([
  ["no target", ["--from", "disk:/tmp"], {}, /npm run objects:copy -- --from/],
  ["no such folder", ["--from", "disk:/nowhere", "--to", "s3://bucket"], {}, /there is no folder/],
  [
    "nothing that opens the bucket",
    ["--from", "disk:/tmp", "--to", "s3://bucket"],
    {},
    /S3_ENDPOINT, S3_REGION, .*missing/,
  ],
])("%s is told, and the command ends with 1", async (_name, args, env, reason) => {
  const told = run(args, env);
  expect((await told.exited)[0]).toBe(1);
  expect(told.output()).toMatch(reason);
});
