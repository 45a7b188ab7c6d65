import { createHash } from "node:crypto";
import { Pool } from "undici";

export function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
export const median = (values: number[]) => quantile(values, 0.5);

/** Keeps `connections` requests going; tells how many were answered with 200 per second. */
export async function load(
  url: string,
  pathname: string,
  headers: Record<string, string>,
  { ms, connections = 20 }: { ms: number; connections?: number },
): Promise<number> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const endAt = performance.now() + ms;
  let answered = 0;
  const loop = async () => {
    while (performance.now() < endAt) {
      const { statusCode, body } = await pool.request({ path: pathname, method: "GET", headers });
      await body.dump();
      if (statusCode !== 200) throw new Error(`${pathname} answered ${statusCode}`);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, loop));
  await pool.close();
  return answered / (ms / 1000);
}

/** The time of a fixed piece of work, in ms: what this machine is worth at this moment. */
export function calibrate(): number {
  const block = Buffer.alloc(1_000_000, 7);
  const times = Array.from({ length: 5 }, () => {
    const began = performance.now();
    for (let turn = 0; turn < 200; turn += 1) createHash("sha256").update(block).digest();
    return performance.now() - began;
  });
  return median(times);
}
