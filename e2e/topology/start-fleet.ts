// A deployment on one machine: web, worker and scheduler processes on a MongoDB, a Redis and an object store.
import path from "node:path";
import type { RedisForTest } from "../../platform/testing/start-redis.ts";
import { startRedis } from "../../platform/testing/start-redis.ts";
import { startS3 } from "../../platform/testing/start-s3.ts";
import type { JobClient } from "../jobs/job-client.ts";
import { createJobClient } from "../jobs/job-client.ts";
import type { Platform } from "../jobs/start-platform.ts";
import { freePort, seedMerchant, startPlatform } from "../jobs/start-platform.ts";

type Process = Awaited<ReturnType<Platform["start"]>> & { url: string };

/** One merchant account and how it calls a given web process. */
export interface Account {
  userId: string;
  at: (url: string) => JobClient;
}

export interface FleetOptions {
  mongoUrl: string;
  accounts: number;
  creditsEach: number;
  env: Record<string, string>;
}

/** What the processes stand on, and accounts with credits; `start` adds a process. */
export async function startFleet({ mongoUrl, accounts, creditsEach, env }: FleetOptions) {
  const redis: RedisForTest = await startRedis();
  const s3 = await startS3();
  const shared = { MONGO_URL: mongoUrl, REDIS_URL: redis.url, ...s3.env };
  const platform = await startPlatform({ ...shared, ...env }, creditsEach);
  const merchants = [platform.merchant];
  while (merchants.length < accounts) merchants.push(await seedMerchant(platform.store, creditsEach));

  const start = async (role: string): Promise<Process> => {
    const port = String(await freePort());
    // a folder of its own for each, as on machines of their own: nothing is shared but the servers
    const folder = path.join(platform.folder, `${role}-${port}`);
    return { ...(await platform.start(role, { PORT: port, DATA_DIR: folder })), url: `http://127.0.0.1:${port}` };
  };
  return {
    redis,
    s3,
    store: platform.store,
    accounts: merchants.map(
      (merchant): Account => ({ userId: merchant.user.id, at: (url) => createJobClient({ url, merchant }) }),
    ),
    start,
    stop: async () => {
      await platform.stop();
      await redis.remove();
      await s3.stop();
    },
  };
}

export type Fleet = Awaited<ReturnType<typeof startFleet>>;
export type FleetProcess = Process;
