// A MongoDB for the tests: MONGO_TEST_URL, or a server of our own (e2e/servers/mongo) on a free port.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { freePort } from "./free-port.mjs";
import { childEnv, node24, root } from "./run.mjs";

const folder = path.join(root, "e2e", "servers", "mongo");
const has = (command) => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;

/** Debian's packages are unpacked into a folder of their own and run there, which takes root. */
const canStart = () => process.platform === "linux" && process.getuid?.() === 0 && has("apt-get") && has("flock");

function script(name, port, env = {}) {
  return spawnSync(path.join(folder, name), [String(port)], {
    encoding: "utf8",
    env: childEnv({ NODE: node24, ...env }),
    // the server outlives the script: it must not hold a pipe of ours
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** The URL of a MongoDB and how to stop it; null, with a loud line, when there is none and none can be started. */
export async function ensureMongo() {
  if (process.env.MONGO_TEST_URL) return { url: process.env.MONGO_TEST_URL, stop: () => {} };
  if (canStart()) {
    const port = await freePort(28100 + (process.pid % 500), "MongoDB test server");
    const { status, stdout } = script("start.sh", port, { FRESH: "1" });
    const stop = () => script("stop.sh", port, { DELETE: "1" });
    for (const signal of ["SIGINT", "SIGTERM"]) {
      process.once(signal, () => {
        stop();
        process.exit(1);
      });
    }
    if (status === 0) return { url: stdout.trim(), stop };
    stop();
  }
  console.error(
    "\n!!! NOT TESTED: the MongoDB half. Set MONGO_TEST_URL to a replica set, or run the tests as root on Debian.\n",
  );
  return null;
}
