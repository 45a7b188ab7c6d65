// Finds curl for the test that runs the quick start's commands; on Debian as root it installs the distribution's own.
import { spawnSync } from "node:child_process";
import { run } from "./run.mjs";

const isThere = (name) => spawnSync("sh", ["-c", `command -v ${name}`]).status === 0;

export async function ensureCurl() {
  if (isThere("curl")) return;
  if (process.getuid?.() === 0 && isThere("apt-get")) {
    console.log("Installing Debian's curl (once) …");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], { quiet: true, env });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "curl"], { quiet: true, env });
  }
  if (!isThere("curl")) console.error("The quick start's test needs curl: install it (Debian: apt-get install curl).");
}
