// Everything that answers HTTP, as development has it, on a fresh folder and without a port.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildServices } from "../server/build-services.ts";
import { readConfig } from "../server/config.ts";
import { createHttp } from "../server/http.ts";

const random = "0123456789abcdefghijklmnopqrstuv";
export const publicUrl = "http://127.0.0.1:8001";
/** what a browser sends from a page of ours */
export const ownPage = { origin: publicUrl, "sec-fetch-site": "same-origin", host: new URL(publicUrl).host };

export type HttpForTest = Awaited<ReturnType<typeof startHttp>>;

export async function startHttp() {
  const folder = mkdtempSync(path.join(tmpdir(), "trailroom-http-"));
  const config = readConfig({
    NODE_ENV: "development",
    PUBLIC_URL: publicUrl,
    DATA_DIR: folder,
    JWT_SECRET: `a:${random}`,
    ENCRYPTION_KEYS: `a:${random}`,
    METRICS_TOKEN: random,
    LOG_LEVEL: "silent",
  });
  const services = await buildServices(config, new Set(["scheduler"]));
  return {
    services,
    app: await createHttp(services, "test", new AbortController().signal),
    remove: async () => {
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
