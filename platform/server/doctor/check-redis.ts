import { randomUUID } from "node:crypto";
import { connectRedis } from "../../adapters/redis/connect-redis.ts";
import { clockSkew } from "./clock-skew.ts";
import type { Finding } from "./finding.ts";
import { doubtful, reasonOf, well, wrong } from "./finding.ts";

const subject = "Redis";
const leastMajor = 6;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Whether Redis can be reached and written, is of a version that BullMQ takes, and never throws queued jobs away. */
export async function checkRedis(url: string): Promise<Finding[]> {
  const link = await connectRedis({ url, log: silent }).catch((error: unknown) => reasonOf(error));
  if (typeof link === "string") {
    return [wrong(subject, link.replace(/^REDIS_URL: /, ""), "check address, port, password and network of REDIS_URL")];
  }
  const { commands } = link;
  try {
    const before = new Date();
    const [seconds] = await commands.time();
    const findings = [clockSkew("Redis", new Date(Number(seconds) * 1000 + 500), before, new Date())];
    const version = /redis_version:(\S+)/.exec(await commands.info("server"))?.[1] ?? "of an unknown version";
    findings.push(
      Number.parseInt(version, 10) >= leastMajor
        ? well(subject, version)
        : wrong(subject, `${version} is too old`, "the queue needs Redis 6.2 or later"),
    );
    const key = `trailroom-doctor:${randomUUID()}`;
    await commands.set(key, "well", "EX", 60);
    const isKept = (await commands.get(key)) === "well";
    await commands.del(key);
    if (!isKept) findings.push(wrong(subject, "what was written is not read back", "REDIS_URL must name a primary"));
    return [...findings, await judgePolicy(() => commands.config("GET", "maxmemory-policy"))];
  } catch (error) {
    return [wrong(subject, `answers, and then: ${reasonOf(error)}`, "does its user have all commands on all keys?")];
  } finally {
    link.close();
  }
}

async function judgePolicy(ask: () => Promise<unknown>): Promise<Finding> {
  const remedy = "set maxmemory-policy noeviction: with any other Redis drops queued jobs when it is full";
  try {
    const [, policy] = (await ask()) as string[];
    if (policy === "noeviction") return well(subject, "keeps queued jobs when it is full (noeviction)");
    return wrong(subject, `its maxmemory-policy is ${policy}`, remedy);
  } catch {
    return doubtful(subject, "its maxmemory-policy cannot be asked for (managed services often forbid it)", remedy);
  }
}
