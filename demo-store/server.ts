// The demo shop: `PLATFORM_URL=… PUBLISHABLE_KEY=… node demo-store/server.ts` (PORT 3000, HOST 127.0.0.1).
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { ServerType } from "@hono/node-server";
import { serve } from "@hono/node-server";
import { createShop } from "./shop/create-shop.ts";

/** How to start the shop. */
export interface ShopOptions {
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Address of the platform whose widget the product pages load. */
  platformUrl: string;
  publishableKey: string;
  /** Says nothing on the console. */
  muted?: boolean;
}

/** A running shop. */
export interface RunningShop {
  url: string;
  close(): Promise<void>;
}

/** Serves the shop until `close`. Rejects when the port is taken. */
export async function startShop(options: ShopOptions): Promise<RunningShop> {
  const { port, host, muted = false } = options;
  const server = await new Promise<ServerType>((resolve, reject) => {
    let url = "";
    const app = createShop({ ...options, shopOrigin: () => url });
    const started = serve({ fetch: app.fetch, port, hostname: host }, (address: AddressInfo) => {
      url = `http://${host}:${address.port}`;
      resolve(started);
    });
    started.once("error", reject);
  });
  const url = `http://${host}:${(server.address() as AddressInfo).port}`;
  if (!muted) console.log(`Shop ready at ${url}`);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  const { PORT = "3000", HOST = "127.0.0.1", PLATFORM_URL, PUBLISHABLE_KEY } = process.env;
  if (!PLATFORM_URL || !PUBLISHABLE_KEY) {
    console.error("The shop needs PLATFORM_URL and PUBLISHABLE_KEY.");
    process.exit(1);
  }
  const shop = await startShop({
    port: Number(PORT),
    host: HOST,
    platformUrl: PLATFORM_URL.replace(/\/$/, ""),
    publishableKey: PUBLISHABLE_KEY,
    muted: true,
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void shop.close());
}
