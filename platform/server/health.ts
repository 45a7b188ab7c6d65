import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
import type { Services } from "./build-services.ts";

const answers = async (check: () => Promise<void>) => {
  try {
    await check();
    return true;
  } catch {
    return false;
  }
};

function isBearer(header: string | undefined, token: string) {
  const given = Buffer.from(header ?? "");
  const right = Buffer.from(`Bearer ${token}`);
  return given.length === right.length && timingSafeEqual(given, right);
}

/** /healthz (alive), /readyz (what it stands on answers), /metrics (Prometheus, by METRICS_TOKEN). */
export function createHealthRoutes(services: Services, version: string) {
  const { store, objects, engine, redis, mailer, config, metrics, roles } = services;
  const usesEngine = roles.has("web") || roles.has("worker");
  const app = new Hono();
  app.get("/healthz", (c) => c.json({ ok: true, version }));
  app.get("/readyz", async (c) => {
    const [isStoreUp, areObjectsUp, isEngineUp, isRedisUp, isMailUp] = await Promise.all([
      answers(store.ping),
      answers(objects.ping),
      usesEngine ? answers(engine.ready) : true,
      redis ? answers(redis.ping) : true,
      mailer ? answers(mailer.ping) : true,
    ]);
    const lost = [isStoreUp ? [] : ["store"], areObjectsUp ? [] : ["objects"]].flat();
    const degraded = [isEngineUp ? [] : ["engine"], isRedisUp ? [] : ["redis"], isMailUp ? [] : ["mail"]].flat();
    return c.json({ ok: lost.length === 0, lost, degraded, version }, lost.length === 0 ? 200 : 503);
  });
  app.get("/metrics", async (c) => {
    if (!isBearer(c.req.header("authorization"), config.metricsToken)) return c.text("unauthorized", 401);
    return c.body(await metrics.registry.metrics(), 200, { "Content-Type": metrics.registry.contentType });
  });
  return app;
}
