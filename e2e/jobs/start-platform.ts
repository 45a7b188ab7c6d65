// A platform of its own per test: a child process on a free port with a fresh folder, killed and started at will.
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createMongoStore } from "../../platform/adapters/store/mongo/create-mongo-store.ts";
import { createSqliteStore } from "../../platform/adapters/store/sqlite/create-sqlite-store.ts";
import { createMerchant } from "../../platform/core/accounts/create-merchant.ts";
import { normaliseEmail } from "../../platform/core/accounts/normalise-email.ts";
import { createApiKey } from "../../platform/core/api-keys/create-api-key.ts";
import { adjustCredits } from "../../platform/core/credits/adjust-credits.ts";
import type { Store } from "../../platform/core/ports.ts";

const root = path.join(import.meta.dirname, "..", "..");
const bootMs = 60_000;

/** A port that nobody listens at, below those that systems give to connections: nobody takes it before it is used. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 28_000);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

async function untilReady(url: string, child: ChildProcess) {
  const giveUpAt = Date.now() + bootMs;
  while (Date.now() < giveUpAt && child.exitCode === null) {
    const isUp = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isUp) return;
    await wait(50);
  }
  throw new Error(`the platform did not start (exit code ${child.exitCode})`);
}

/** A verified merchant with paid credits and a secret key. */
export async function seedMerchant(store: Store, credits: number) {
  const now = new Date();
  const email = `merchant-${randomBytes(4).toString("hex")}@example.com`;
  const user = await store.transaction((tx) =>
    createMerchant(tx, {
      email,
      role: "paid",
      company: "Test shop",
      passwordHash: null,
      isEmailVerified: true,
      isDemo: false,
      now,
    }),
  );
  const found = await store.users.findByEmail(normaliseEmail(email));
  const grant = { userId: user.id, credits, reason: "test", actionId: randomBytes(8).toString("hex"), now };
  if (credits > 0) await store.transaction((tx) => adjustCredits(tx, grant));
  const { secret } = await createApiKey(store, {
    userId: user.id,
    kind: "secret",
    mode: "live",
    name: "test",
    now,
  });
  return { user: found ?? user, secretKey: secret };
}

/** The store that the platform will find: MongoDB when it is told of one, else the SQLite file in its folder. */
const openTestStore = (folder: string, mongoUrl?: string): Promise<Store> =>
  mongoUrl
    ? createMongoStore({ url: mongoUrl, log: { info: () => {} } })
    : createSqliteStore({ url: `file:${path.join(folder, "trailroom.db")}` });

/** The platform with its folder, its store (read beside it) and one merchant. `env` is laid over the test's settings. */
export async function startPlatform(
  env: Record<string, string> = {},
  credits = 100,
  entry = "platform/server/index.ts",
  folder = mkdtempSync(path.join(tmpdir(), "trailroom-jobs-")),
) {
  const store = await openTestStore(folder, env.MONGO_URL);
  const merchant = await seedMerchant(store, credits);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const random = () => randomBytes(32).toString("base64url");
  const settings = {
    PATH: process.env.PATH,
    ...(process.env.NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
    NODE_ENV: "test",
    PORT: String(port),
    PUBLIC_URL: url,
    DATA_DIR: folder,
    JWT_SECRET: `test:${random()}`,
    ENCRYPTION_KEYS: `test:${random()}`,
    METRICS_TOKEN: random(),
    ENGINE: "stub",
    LOG_LEVEL: "warn",
    LIMIT_REQUESTS_PER_MINUTE: "100000",
    LIMIT_SECRET_KEY_PER_HOUR: "100000",
    LIMIT_OWN_CHECKS_PER_HOUR: "100000",
    ...env,
  };
  const running = new Set<ChildProcess>();

  /** Starts a process of these roles and waits until it is ready; another PORT lets it stand beside the first. */
  const start = async (role = "all", over: Record<string, string> = {}) => {
    const child = spawn(process.execPath, [entry, "--role", role], {
      cwd: root,
      env: { ...settings, ...over },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    const lines: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => lines.push(text));
    }
    const exited = once(child, "exit").then(([code]) => {
      running.delete(child);
      return code as number | null;
    });
    await untilReady(`http://127.0.0.1:${over.PORT ?? port}`, child).catch((error) => {
      throw new Error(`${error}\n${lines.join("")}`);
    });
    return { child, exited, output: () => lines.join("") };
  };

  return {
    url,
    folder,
    store,
    merchant,
    settings,
    metricsToken: settings.METRICS_TOKEN,
    start,
    stop: async () => {
      for (const child of running) child.kill("SIGKILL");
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Platform = Awaited<ReturnType<typeof startPlatform>>;
