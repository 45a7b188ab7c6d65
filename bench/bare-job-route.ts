// What the bench measures GET /tryon/:jobId against: one Hono route with the same reads of the store and the same bytes.
import path from "node:path";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { createSqliteStore } from "../platform/adapters/store/sqlite/create-sqlite-store.ts";
import { hashSecret } from "../platform/core/crypto/hash-secret.ts";

const { DATA_DIR = "", PORT = "", ANSWER = "" } = process.env;
const store = await createSqliteStore({ url: `file:${path.join(DATA_DIR, "trailroom.db")}` });
const app = new Hono();
app.get("/api/v1/tryon/:jobId", async (c) => {
  const key = await store.apiKeys.findByHash(hashSecret(c.req.header("x-api-key") ?? ""));
  const user = key && (await store.users.findById(key.user_id));
  const job = user && (await store.tryOnJobs.findOwned(user.id, c.req.param("jobId")));
  if (!job) return c.text("", 404);
  await store.users.findById(user.id); // for X-Credits-Remaining
  return c.body(ANSWER, 200, { "Content-Type": "application/json" });
});
app.get("/readyz", (c) => c.text("ok"));
serve({ fetch: app.fetch, port: Number(PORT), hostname: "127.0.0.1" });
