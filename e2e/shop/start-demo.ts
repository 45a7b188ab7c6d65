import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface Demo {
  shopUrl: string;
  platformUrl: string;
  publishableKey: string;
  secretKey: string;
  merchant: { password: string };
  admin: { password: string };
  samplePhoto: string;
  metricsToken: string;
  /** everything that the demo has printed so far */
  output: () => string;
  /** Ctrl-C; resolves to the exit code */
  stop: () => Promise<number | null>;
}

const root = path.resolve(import.meta.dirname, "../..");

/** `npm run demo` in a folder of its own, on free ports; resolves when it says that it is ready. */
export async function startDemo(firstPort: number): Promise<Demo> {
  const folder = mkdtempSync(path.join(tmpdir(), "trailroom-demo-"));
  const env = {
    ...process.env,
    NODE_ENV: undefined,
    DEMO_DIR: folder,
    LOG_LEVEL: "info",
    PLATFORM_PORT: String(firstPort),
    SHOP_PORT: String(firstPort + 500),
  };
  const child = spawn(process.execPath, ["scripts/demo.mjs"], { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await new Promise<void>((resolve, reject) => {
    const read = (part: Buffer) => {
      output += part;
      if (/Ready after/.test(output)) resolve();
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("close", () => reject(new Error(`the demo ended:\n${output}`)));
  });
  const file = JSON.parse(readFileSync(path.join(folder, ".demo.json"), "utf8"));
  const { METRICS_TOKEN } = JSON.parse(readFileSync(path.join(folder, "secrets.json"), "utf8"));
  return {
    ...file,
    metricsToken: METRICS_TOKEN,
    output: () => output,
    stop: async () => {
      child.kill("SIGINT");
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}
