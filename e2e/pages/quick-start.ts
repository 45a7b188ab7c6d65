import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const address = "https://your-platform.example";

/** The commands of docs/quick-start.md as they stand there, step by step. */
function readSteps(platformUrl: string): string[] {
  const page = readFileSync(path.join(root, "docs", "quick-start.md"), "utf8");
  const blocks = page.matchAll(/^```sh\n([\s\S]*?)^```$/gm);
  return [...blocks].map(([, commands = ""]) => commands.replaceAll(address, platformUrl));
}

/** Runs all of them in one shell in the folder, as somebody who pastes them would; tells what each step printed. */
export async function runQuickStart(platformUrl: string, liveKey: string, folder: string): Promise<string[]> {
  const mark = "---step---";
  const steps = readSteps(platformUrl);
  const script = ["set -eu", ...steps.map((commands) => `${commands}\necho; echo ${mark}`)].join("\n");
  const child = spawn("sh", ["-c", script], { cwd: folder, env: { ...process.env, LIVE_KEY: liveKey } });
  let output = "";
  let faults = "";
  child.stdout.on("data", (part: Buffer) => {
    output += part;
  });
  child.stderr.on("data", (part: Buffer) => {
    faults += part;
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`the quick start ended with ${code}:\n${output}\n${faults}`);
  return output
    .split(mark)
    .slice(0, steps.length)
    .map((text) => text.trim());
}
