// TrailRoom's platform, the whole story on one page: configuration → services → http, worker, scheduler → drain.
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { parseArgs } from "node:util";
import { serve } from "@hono/node-server";
import type { Services } from "./build-services.ts";
import { buildServices } from "./build-services.ts";
import { readConfig } from "./config.ts";
import { createHttp } from "./http.ts";
import { startScheduler } from "./start-scheduler.ts";
import { startWorker } from "./start-worker.ts";

const roles = ["web", "worker", "scheduler", "all"] as const;
type Role = (typeof roles)[number];

function readRole(): Role {
  const { values } = parseArgs({ options: { role: { type: "string", default: "all" } } });
  const role = roles.find((known) => known === values.role);
  if (!role) throw new Error(`--role is one of ${roles.join(", ")}`);
  return role;
}

async function listen(services: Services, version: string, shutdown: AbortSignal) {
  const { fetch } = await createHttp(services, version, shutdown);
  const { host, port } = services.config;
  const server = serve({ fetch, port, hostname: host }) as Server;
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  services.log.info({ host, port, version, mode: services.config.mode }, "listening");
  return server;
}

/** Lets open requests end, then cuts what is left. */
function closeServer(server: Server) {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // a connection that was busy just now is idle a moment later, and kept alive it would hold the drain
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const force = setTimeout(() => server.closeAllConnections(), 10_000);
  return closed.finally(() => {
    clearInterval(idle);
    clearTimeout(force);
  });
}

async function main() {
  const role = readRole();
  const plays = (part: Role) => role === "all" || role === part;
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  const services = await buildServices(readConfig(process.env));
  const shutdown = new AbortController();
  const server = plays("web") ? await listen(services, version, shutdown.signal) : null;
  const worker = plays("worker") ? await startWorker(services) : null;
  const scheduler = plays("scheduler") ? startScheduler(services) : null;
  const flushing = setInterval(() => void services.uses.flush(), 5_000);

  let isClosing = false;
  const close = async (signal: string) => {
    if (isClosing) return;
    isClosing = true;
    services.log.info({ signal }, "draining");
    shutdown.abort(); // event streams end first: they would hold the drain
    clearInterval(flushing);
    await Promise.all([server && closeServer(server), worker?.stop(), scheduler?.stop()]);
    await services.uses.flush();
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
