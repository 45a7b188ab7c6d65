import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import type { StandInOptions } from "./create-openai-stand-in.ts";
import { createOpenAiStandIn } from "./create-openai-stand-in.ts";

/** The stand-in on loopback, on a free port unless one is named. `baseUrl` is what OPENAI_BASE_URL is set to. */
export async function startOpenAiStandIn({ port = 0, ...options }: StandInOptions & { port?: number }) {
  const { app, control } = createOpenAiStandIn(options);
  const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", reject);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    ...control,
    origin: `http://127.0.0.1:${bound}`,
    baseUrl: `http://127.0.0.1:${bound}/v1`,
    stop: async () => {
      control.release();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
