import type { RedisOptions } from "ioredis";
import { Redis } from "ioredis";
import type { Logger } from "../../core/ports.ts";

const commandMs = 1_000;
const connectMs = 2_000;
const firstConnectMs = 4_000;
const longestPauseMs = 1_000;

/** The connections of this process to one Redis. Losing Redis is never fatal: they come back by themselves. */
export interface RedisLink {
  /** For short commands: they fail at once while Redis is away, and within two seconds when it does not answer. */
  commands: Redis;
  /** One more connection, for what listens or blocks: its commands wait until Redis is there. Ended by `disconnect`. */
  open(): Redis;
  isUp(): boolean;
  /** Throws while Redis cannot be used. */
  ping(): Promise<void>;
  close(): void;
}

/** Tries for ever, soon at first; spread, so that a fleet does not come back in one moment. */
const retryStrategy = (attempt: number) => Math.min(50 * 2 ** attempt, longestPauseMs) * (0.5 + Math.random() / 2);

const shared: RedisOptions = { retryStrategy, connectTimeout: connectMs, keepAlive: 10_000, lazyConnect: true };

/** A dead socket is given up soon, and a command that may have been counted is not sent again. */
const forCommands: RedisOptions = {
  ...shared,
  commandTimeout: commandMs,
  socketTimeout: 2 * commandMs,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
};

/** Waits until the connection can be used; the reason of the last failure otherwise. */
function untilReady(client: Redis, withinMs: number): Promise<void> {
  let reason = "no answer";
  return new Promise<void>((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error(reason)), withinMs);
    client.on("error", (error: Error) => {
      reason = error.message || (error as NodeJS.ErrnoException).code || reason;
    });
    client.once("ready", () => {
      clearTimeout(giveUp);
      resolve();
    });
    client.connect().catch(() => {}); // told by the events
  });
}

/** Tells the log once when Redis goes and once when it is back. */
function logTurns(client: Redis, log: Logger) {
  let isAway = false;
  client.on("close", () => {
    if (!isAway) log.warn({ dependency: "redis" }, "Redis is away: limits count in this process, streams poll");
    isAway = true;
  });
  client.on("ready", () => {
    if (isAway) log.info({ dependency: "redis" }, "Redis is back");
    isAway = false;
  });
}

/** Connects to Redis, or throws within seconds with the reason; the address, which may hold a password, is not repeated. */
export async function connectRedis({ url, log }: { url: string; log: Logger }): Promise<RedisLink> {
  const commands = new Redis(url, forCommands);
  const others = new Set<Redis>();
  try {
    await untilReady(commands, firstConnectMs);
    await commands.ping();
  } catch (error) {
    commands.disconnect();
    throw new Error(`REDIS_URL: Redis cannot be used: ${error instanceof Error ? error.message : error}`);
  }
  logTurns(commands, log);
  return {
    commands,
    open: () => {
      const client = new Redis(url, { ...shared, maxRetriesPerRequest: null });
      client.on("error", () => {}); // the first connection tells the log
      client.once("end", () => others.delete(client));
      client.connect().catch(() => {});
      others.add(client);
      return client;
    },
    isUp: () => commands.status === "ready",
    ping: async () => {
      await commands.ping();
    },
    close: () => {
      commands.removeAllListeners("close");
      for (const client of [commands, ...others]) client.disconnect();
    },
  };
}
