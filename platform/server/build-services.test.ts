import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { createSqliteStore } from "../adapters/store/sqlite/create-sqlite-store.ts";
import { userRow } from "../testing/rows.ts";
import { buildServices } from "./build-services.ts";
import { readConfig } from "./config.ts";

const folder = mkdtempSync(path.join(tmpdir(), "trailroom-boot-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = "k1:Zp3vQ9sT1xLw8Rb5Yc2Nf7Hj4Kd6Gm0AqUeXo";
const configOf = (NODE_ENV: string) =>
  readConfig({
    NODE_ENV,
    PUBLIC_URL: "https://try.example",
    DATA_DIR: folder,
    JWT_SECRET: secret,
    ENCRYPTION_KEYS: secret,
    METRICS_TOKEN: "a-metrics-token-of-24-characters",
    LOG_LEVEL: "silent",
  });

test("a database that holds demo accounts opens in development alone", async () => {
  const store = await createSqliteStore({ url: `file:${path.join(folder, "trailroom.db")}` });
  await store.users.insert(userRow({ is_demo: true }));
  await store.close();
  for (const mode of ["production", "test"]) {
    await expect(buildServices(configOf(mode), new Set())).rejects.toThrow("demo accounts are in the database");
  }
  const services = await buildServices(configOf("development"), new Set());
  await services.close();
});
