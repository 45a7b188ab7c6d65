// Finds a Redis server for the tests; on Debian as root it installs the distribution's own.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "./run.mjs";

function find() {
  if (process.env.REDIS_SERVER_PATH && existsSync(process.env.REDIS_SERVER_PATH)) return process.env.REDIS_SERVER_PATH;
  for (const name of ["redis-server", "valkey-server"]) {
    const { status, stdout } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
    if (status === 0) return stdout.trim();
  }
  return null;
}

/** The path of a Redis server, or null with a clear message on how to get one. */
export async function ensureRedis() {
  const found = find();
  if (found) return found;
  const canInstall = process.getuid?.() === 0 && spawnSync("sh", ["-c", "command -v apt-get"]).status === 0;
  if (canInstall) {
    console.log("Installing Debian's redis-server (once) …");
    const env = { DEBIAN_FRONTEND: "noninteractive" };
    await run("apt-get", ["update", "-qq"], { quiet: true, env });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "redis-server"], { quiet: true, env });
    const installed = find();
    if (installed) return installed;
  }
  console.error(
    "NOT RUN: the tests of Redis need redis-server: install it (Debian: apt-get install redis-server) or set REDIS_SERVER_PATH. With CI=true this is a failure.",
  );
  return null;
}
