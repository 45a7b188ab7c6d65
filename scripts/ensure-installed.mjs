// Installs the packages of the lock file unless they are here already.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { node24, root, run } from "./run.mjs";

const stampFile = path.join(root, "node_modules", ".trailroom-install");

function checkNode() {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 20) {
    console.error(`TrailRoom needs Node 20 or newer to start (this is ${process.versions.node}).`);
    process.exit(1);
  }
}

/** `npm ci` when the lock file has changed since the last time; exits the process with a message when that fails. */
export async function ensureInstalled() {
  checkNode();
  const lock = readFileSync(path.join(root, "package-lock.json"));
  const stamp = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp && existsSync(node24)) return;
  console.log("Installing packages (once) …");
  // Install scripts stay off (npm 10 would run them all); the `node` package alone needs its own to fetch the platform's binary package.
  const steps = [
    ["npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]],
    ["npm", ["rebuild", "node", "--foreground-scripts=false", "--loglevel=error"]],
  ];
  for (const [command, args] of steps) {
    if ((await run(command, args)) !== 0) {
      console.error(`\n"${command} ${args.join(" ")}" failed: see above.`);
      process.exit(1);
    }
  }
  writeFileSync(stampFile, stamp);
}
