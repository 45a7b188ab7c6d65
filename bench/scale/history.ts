import { seedMerchant, startPlatform } from "../../e2e/jobs/start-platform.ts";
import { quantile } from "../measure.ts";
import { seedMongo, seedSqlite } from "./seed-history.ts";

export const sizes = { small: 1_000, big: 1_000_000 };
const requests = 200;
const deepPage = 1_000;
/** stands before the newest row: a first page asked for by cursor, which carries no total */
const start = Buffer.from("2100-01-01T00:00:00.000Z ~").toString("base64url");

export interface HistoryFigures {
  seedS: number;
  /** p95, ms: the 1 k account's first page is what the others are held to */
  base: number;
  first: number;
  filtered: number;
  deep: number;
}

type Page = { jobs: unknown[]; next_cursor: string | null };

async function readPage(url: string, secretKey: string, query: string): Promise<{ page: Page; ms: number }> {
  const began = performance.now();
  const answer = await fetch(`${url}/api/v1/tryon/history?limit=20&${query}`, { headers: { "x-api-key": secretKey } });
  const page = (await answer.json()) as Page;
  if (!answer.ok || page.jobs.length !== 20) throw new Error(`history answered ${answer.status}`);
  return { page, ms: performance.now() - began };
}

/** The cursor of the 1000th page, found as a client finds it: page by page. */
async function walkTo(url: string, secretKey: string): Promise<string> {
  let cursor = start;
  for (let at = 1; at < deepPage; at += 1) {
    const { page } = await readPage(url, secretKey, `cursor=${cursor}`);
    if (page.next_cursor === null) throw new Error(`the history ended at page ${at}`);
    cursor = page.next_cursor;
  }
  return cursor;
}

/** History of an account with a thousand and of one with a million jobs, over HTTP, the four questions in turn. */
export async function benchHistory(env: Record<string, string>): Promise<HistoryFigures> {
  const platform = await startPlatform(env, 0);
  try {
    const { store, folder, merchant: small } = platform;
    const big = await seedMerchant(store, 0);
    const began = performance.now();
    const users = [
      { userId: small.user.id, jobs: sizes.small },
      { userId: big.user.id, jobs: sizes.big },
    ];
    if (env.MONGO_URL) await seedMongo(env.MONGO_URL, users);
    else for (const { userId, jobs } of users) await seedSqlite(store, folder, userId, jobs);
    const seedS = (performance.now() - began) / 1000;

    await platform.start("web");
    const deep = await walkTo(platform.url, big.secretKey);
    const asked = {
      base: { key: small.secretKey, query: `cursor=${start}` },
      first: { key: big.secretKey, query: `cursor=${start}` },
      filtered: { key: big.secretKey, query: `cursor=${start}&status=failed` },
      deep: { key: big.secretKey, query: `cursor=${deep}` },
    };
    const times: Record<keyof typeof asked, number[]> = { base: [], first: [], filtered: [], deep: [] };
    for (let turn = -20; turn < requests; turn += 1) {
      for (const [name, { key, query }] of Object.entries(asked)) {
        const { ms } = await readPage(platform.url, key, query);
        if (turn >= 0) times[name as keyof typeof asked].push(ms);
      }
    }
    const p95 = (name: keyof typeof asked) => quantile(times[name], 0.95);
    return { seedS, base: p95("base"), first: p95("first"), filtered: p95("filtered"), deep: p95("deep") };
  } finally {
    await platform.stop();
  }
}
