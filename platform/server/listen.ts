import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import type { Services } from "./build-services.ts";
import { createHealthRoutes } from "./health.ts";
import { createHttp } from "./http.ts";

/** Serves everything in a web process, and health alone (on loopback unless HOST says otherwise) in the others. */
export async function listen(services: Services, version: string, shutdown: AbortSignal): Promise<Server> {
  const { config, roles, log } = services;
  const isWeb = roles.has("web");
  const { fetch } = isWeb
    ? await createHttp(services, version, shutdown)
    : new Hono().route("/", createHealthRoutes(services, version));
  const { port } = config;
  const host = isWeb ? config.host : config.healthHost;
  const server = serve({ fetch, port, hostname: host }) as Server;
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  log.info({ host, port, version, mode: config.mode, roles: [...roles] }, "listening");
  return server;
}

/** Lets open requests end, then cuts what is left. */
export function closeServer(server: Server) {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // a connection that was busy just now is idle a moment later, and kept alive it would hold the drain
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const force = setTimeout(() => server.closeAllConnections(), 10_000);
  return closed.finally(() => {
    clearInterval(idle);
    clearTimeout(force);
  });
}
