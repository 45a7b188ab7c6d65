// A Redis of its own for a test: Debian's server on a free loopback port, without anything on disk.
import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const bootMs = 10_000;

const found = process.env.REDIS_SERVER_PATH || spawnSync("sh", ["-c", "command -v redis-server"]).stdout.toString();
const binary = found.trim();

/** Whether this machine has a Redis server. With CI=true it must: the tests then fail instead of being left out. */
export const hasRedis = binary !== "" || process.env.CI === "true";

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** Whether it answers PING, with PONG or by asking for its password. */
const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    socket.once("data", (reply) =>
      resolve(reply.toString().startsWith("+PONG") || reply.toString().startsWith("-NOAUTH")),
    );
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
    setTimeout(() => socket.destroy(), 500).unref();
  });

async function untilAnswering(port: number, child: ChildProcess) {
  const giveUpAt = Date.now() + bootMs;
  while (Date.now() < giveUpAt && child.exitCode === null) {
    if (await answers(port)) return;
    await wait(20);
  }
  throw new Error(`redis-server did not start (exit code ${child.exitCode})`);
}

/** Starts a Redis. `kill` is SIGKILL, `start` brings an empty one back on the same port, `freeze` stops it answering. */
export async function startRedis({ password }: { password?: string } = {}) {
  if (!binary) throw new Error("This test needs redis-server (Debian: apt-get install redis-server)");
  const folder = mkdtempSync(path.join(tmpdir(), "trailroom-redis-"));
  const port = await freePort();
  let child: ChildProcess;

  const start = async () => {
    const settings = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
      "--dir",
      folder,
    ];
    if (password) settings.push("--requirepass", password);
    child = spawn(binary, settings, { stdio: "ignore" });
    await untilAnswering(port, child);
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    start,
    kill,
    freeze: () => child.kill("SIGSTOP"),
    thaw: () => child.kill("SIGCONT"),
    /** Ends it and removes its folder. */
    remove: async () => {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type RedisForTest = Awaited<ReturnType<typeof startRedis>>;
