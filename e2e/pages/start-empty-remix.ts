import { spawn, spawnSync } from "node:child_process";
import path from "node:path";

const folder = path.join(import.meta.dirname, "empty-remix");
const cli = path.join(import.meta.dirname, "../../node_modules/@remix-run/dev/dist/cli.js");
const options = { cwd: folder, env: { PATH: process.env.PATH } };

/** Builds the page that ours are measured against, and serves it from a process of its own as the platform is. */
export async function startEmptyRemix() {
  const { status, stderr } = spawnSync(process.execPath, [cli, "vite:build"], { ...options, encoding: "utf8" });
  if (status !== 0) throw new Error(`the empty Remix app was not built: ${stderr}`);
  const child = spawn(process.execPath, ["serve.mjs"], { ...options, stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (line: string) => resolve(line.trim()));
    child.once("exit", () => reject(new Error("the empty Remix app did not start")));
  });
  return { url, close: () => child.kill("SIGKILL") };
}
