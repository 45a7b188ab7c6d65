import sharp from "sharp";
import { createJobClient, tryOnForm } from "../../e2e/jobs/job-client.ts";
import { startPlatform } from "../../e2e/jobs/start-platform.ts";
import { load, median } from "../measure.ts";

const posts = 40;
const loadMs = 4_000;

async function smallJpeg(background: string): Promise<Uint8Array<ArrayBuffer>> {
  const create = { width: 256, height: 384, channels: 3 as const, background };
  return new Uint8Array(await sharp({ create }).jpeg().toBuffer());
}

export interface RequestFigures {
  getPerSecond: number;
  postMs: number;
}

/** GET job under load and POST tryon one by one, on one process with the stub engine and this store. */
export async function benchRequests(env: Record<string, string>): Promise<RequestFigures> {
  const platform = await startPlatform({ STUB_ENGINE_MS: "20", ...env }, 1_000);
  try {
    await platform.start();
    const client = createJobClient(platform);
    const [person, top] = [await smallJpeg("#b08060"), await smallJpeg("#3060a0")];
    const postTimes: number[] = [];
    let pathname = "";
    for (let turn = 0; turn < posts + 5; turn += 1) {
      const began = performance.now();
      const init = { method: "POST", headers: client.headers, body: tryOnForm(person, top) };
      const answer = await fetch(`${platform.url}/api/v1/tryon`, init);
      if (answer.status !== 202) throw new Error(`POST answered ${answer.status}: ${await answer.text()}`);
      const { job_id } = (await answer.json()) as { job_id: string };
      if (turn >= 5) postTimes.push(performance.now() - began);
      await client.until(job_id, (job) => job.status === "completed");
      pathname = `/api/v1/tryon/${job_id}`;
    }
    await load(platform.url, pathname, client.headers, { ms: 1_500 });
    const rates = [];
    for (let round = 0; round < 3; round += 1) {
      rates.push(await load(platform.url, pathname, client.headers, { ms: loadMs }));
    }
    return { getPerSecond: median(rates), postMs: median(postTimes) };
  } finally {
    await platform.stop();
  }
}
