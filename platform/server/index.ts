// TrailRoom's platform, the whole story on one page: configuration → services → http, worker, scheduler → drain.
import { readFileSync } from "node:fs";
import { buildServices } from "./build-services.ts";
import { readConfig } from "./config.ts";
import { closeServer, listen } from "./listen.ts";
import { readRoles, roleLimits } from "./roles.ts";
import { startScheduler } from "./start-scheduler.ts";
import { startWorker } from "./start-worker.ts";

async function main() {
  const roles = readRoles(process.argv.slice(2));
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const services = await buildServices(readConfig(process.env), roles);
  const { config, log, uses } = services;
  const shutdown = new AbortController();
  const shared = { store: config.mongoUrl !== null, bus: config.redisUrl !== null, objects: config.s3 !== null };
  for (const limit of roleLimits(roles, shared)) log.warn({}, limit);
  // the photo check runs in the web process; /readyz tells when its engine cannot
  if (roles.has("web")) await services.engine.ready().catch(() => {});
  const server = await listen(services, version, shutdown.signal);
  const worker = roles.has("worker") ? await startWorker(services) : null;
  const scheduler = roles.has("scheduler") ? startScheduler(services) : null;
  if (roles.has("webhooks")) log.info({}, "the webhooks role has nothing to do: this version sends no webhook events");
  const flushing = setInterval(() => void uses.flush(), 5_000);

  let isClosing = false;
  const close = async (signal: string) => {
    if (isClosing) return;
    isClosing = true;
    log.info({ signal }, "draining");
    shutdown.abort(); // event streams end first: they would hold the drain
    clearInterval(flushing);
    const work = Promise.all([worker?.stop(), scheduler?.stop()]);
    // the shop's requests go elsewhere at once; a health port answers until the work in hand is done
    if (!roles.has("web")) await work;
    await Promise.all([closeServer(server), work]);
    await uses.flush();
    await services.close();
    process.exit(0);
  };
  process.on("SIGTERM", () => void close("SIGTERM"));
  process.on("SIGINT", () => void close("SIGINT"));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
