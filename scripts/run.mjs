// Runs one command of the bootstrap. Plain JavaScript for Node 20: it runs before anything is installed.
import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The environment of every child: the project's own Node 24 first in PATH, nothing phones home. */
export const childEnv = (extra = {}) => ({
  ...process.env,
  PATH: `${path.join(root, "node_modules", ".bin")}${path.delimiter}${process.env.PATH}`,
  TURBO_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  npm_config_yes: "false",
  ...extra,
});

/** Resolves to the exit code; `quiet` keeps the output and prints it only when the command fails. */
export function run(command, args, { quiet = false, env = {}, cwd = root } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: childEnv(env),
      stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    const kept = [];
    child.stdout?.on("data", (part) => kept.push(part));
    child.stderr?.on("data", (part) => kept.push(part));
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on("close", (code) => {
      if (quiet && code !== 0) process.stdout.write(Buffer.concat(kept));
      resolve(code ?? 1);
    });
  });
}

/** The project's Node 24. */
export const node24 = path.join(root, "node_modules", ".bin", "node");
