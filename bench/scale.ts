// npm run bench:scale: what more workers bring, and what a long history costs, on SQLite and on MongoDB.
import { randomUUID } from "node:crypto";
import { loadavg } from "node:os";
import { MongoClient } from "mongodb";
import { calibrate, median } from "./measure.ts";
import type { HistoryFigures } from "./scale/history.ts";
import { benchHistory } from "./scale/history.ts";
import { benchRequests } from "./scale/requests.ts";
import { benchWorkers } from "./scale/workers.ts";

const bars = { scaling: 3.4, history: 1.5 };
/** a job of the stub takes as long as the local engine's median may (1.8 s), and no CPU */
const stub = { ENGINE: "stub", STUB_ENGINE_MS: "1800", JOBS_AT_ONCE: "8" };
const local = { ENGINE: "local", ENGINE_THREADS: "1", JOBS_AT_ONCE: "1" };
const server = process.env.MONGO_TEST_URL;
if (!server) throw new Error("MONGO_TEST_URL is missing: npm run bench:scale starts a server");

const databases: string[] = [];
const mongoUrl = (name: string) => {
  const [hosts = "", options = ""] = server.split("/?");
  const url = `${hosts}/bench-${name}?${options}`;
  databases.push(url);
  return url;
};
async function dropDatabases() {
  for (const url of databases) {
    const client = await new MongoClient(url).connect();
    await client.db().dropDatabase();
    await client.close();
  }
}

const verdict = (isMet: boolean) => (isMet ? "met" : "MISSED");
const began = performance.now();
const say = (text: string) => console.log(`[${((performance.now() - began) / 1000).toFixed(0).padStart(3)} s] ${text}`);

async function compareWorkers(): Promise<boolean> {
  const rates = { one: [] as number[], four: [] as number[] };
  for (let round = 0; round < 2; round += 1) {
    rates.one.push(await benchWorkers({ mongoUrl, workers: 1, jobs: 80, env: stub }));
    rates.four.push(await benchWorkers({ mongoUrl, workers: 4, jobs: 320, env: stub }));
  }
  const [one, four] = [median(rates.one), median(rates.four)];
  const isMet = four / one >= bars.scaling;
  say(
    `stub engine (1.8 s a job, 8 at once): 1 worker ${one.toFixed(1)} jobs/s, 4 workers ${four.toFixed(1)}: ` +
      `${(four / one).toFixed(2)} times (bar ${bars.scaling}: ${verdict(isMet)})`,
  );
  const alone = await benchWorkers({ mongoUrl, workers: 1, jobs: 20, env: local });
  const together = await benchWorkers({ mongoUrl, workers: 4, jobs: 30, env: local });
  say(`local engine (1 thread a worker): 1 worker ${alone.toFixed(2)} jobs/s, 4 workers ${together.toFixed(2)}`);
  return isMet;
}

async function compareStores() {
  const sqlite = await benchRequests({});
  const mongo = await benchRequests({ MONGO_URL: mongoUrl("requests") });
  const line = (name: string, { getPerSecond, postMs }: typeof sqlite) =>
    `${name}: GET job ${getPerSecond.toFixed(0)}/s, POST tryon ${postMs.toFixed(0)} ms (median)`;
  say(`${line("SQLite", sqlite)}; ${line("MongoDB", mongo)}`);
}

function judgeHistory(name: string, { seedS, base, ...asked }: HistoryFigures): boolean {
  const ratios = Object.entries(asked).map(([what, ms]) => ({ what, ms, ratio: ms / base }));
  const isMet = ratios.every(({ ratio }) => ratio <= bars.history);
  const parts = ratios.map(({ what, ms, ratio }) => `${what} ${ms.toFixed(1)} ms = ${ratio.toFixed(2)}`);
  say(
    `history on ${name}, p95: first page of 1 k jobs ${base.toFixed(1)} ms; of 1 M jobs ${parts.join(", ")} ` +
      `(bar ${bars.history}: ${verdict(isMet)}; seeded in ${seedS.toFixed(0)} s)`,
  );
  return isMet;
}

try {
  say(`calibration ${calibrate().toFixed(0)} ms (200 MB of SHA-256), load average ${loadavg()[0]?.toFixed(1)}`);
  await compareStores();
  const met = [
    await compareWorkers(),
    judgeHistory("SQLite", await benchHistory({})),
    judgeHistory("MongoDB", await benchHistory({ MONGO_URL: mongoUrl(`history-${randomUUID()}`) })),
  ];
  say(`calibration ${calibrate().toFixed(0)} ms, load average ${loadavg()[0]?.toFixed(1)}`);
  process.exitCode = met.every(Boolean) ? 0 : 1;
} finally {
  await dropDatabases();
}
