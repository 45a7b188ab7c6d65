// @vitest-environment node
import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Api, Job } from "./api.ts";
import { createApi } from "./api.ts";
import { followJob } from "./follow-job.ts";

const times = { firstMs: 200, quietMs: 400, pollMs: 20 };
const job = (progress: number, status: Job["status"] = "processing"): Job => ({
  job_id: "1",
  status,
  stage: "fit",
  progress,
  eta_ms: 1000,
  output_image_url: null,
  error: null,
});

let asked: string[];
let stream: (answer: ServerResponse) => void;
let poll: (answer: ServerResponse) => void;
const server = createServer((request, answer) => {
  asked.push(request.url ?? "");
  answer.setHeader("connection", "close");
  if (request.url?.endsWith("/events")) stream(answer);
  else poll(answer);
});
const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const json = (answer: ServerResponse, body: unknown, status = 200) => {
  answer.writeHead(status, { "content-type": "application/json" });
  answer.end(JSON.stringify(body));
};
const event = (answer: ServerResponse, state: Job) =>
  answer.write(`event: progress\ndata: ${JSON.stringify(state)}\n\n`);

beforeEach(async () => {
  asked = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function follow(signal = new AbortController().signal) {
  const seen: number[] = [];
  const headers = { "x-job-token": "t" };
  const ask = async (rest: string, either: AbortSignal) => {
    const answer = await fetch(`${origin()}/api/v1/tryon/1${rest}`, { headers, signal: either });
    return answer;
  };
  for await (const state of followJob(ask, signal, times)) seen.push(state.progress);
  return {
    seen,
    streams: asked.filter((url) => url.endsWith("/events")).length,
    polls: asked.filter((url) => !url.endsWith("/events")).length,
  };
}

/** A poll that is at 60 first and done next. */
const twoPolls = () => {
  let polls = 0;
  poll = (answer) => {
    polls += 1;
    json(answer, polls === 1 ? job(60) : job(100, "completed"));
  };
};

test("the stream alone is used while it gets through", async () => {
  stream = (answer) => {
    event(answer, job(10));
    event(answer, job(100, "completed"));
    answer.end();
  };
  expect(await follow()).toEqual({ seen: [10, 100], streams: 1, polls: 0 });
});

test("a stream that is cut in its middle is followed by asking", async () => {
  twoPolls();
  stream = (answer) => {
    event(answer, job(30));
    setImmediate(() => answer.destroy());
  };
  expect(await follow()).toEqual({ seen: [30, 60, 100], streams: 1, polls: 2 });
});

test("a stream that something on the way holds back is given up", async () => {
  twoPolls();
  stream = (answer) => void answer.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
  expect(await follow()).toEqual({ seen: [60, 100], streams: 1, polls: 2 });
});

test("a stream that falls silent, comments too, is given up; one that says it is there is not", async () => {
  twoPolls();
  stream = (answer) => {
    event(answer, job(30));
    const beat = setInterval(() => answer.write(": still here\n\n"), 100);
    setTimeout(() => clearInterval(beat), 900);
    answer.on("close", () => clearInterval(beat));
  };
  const begun = performance.now();
  expect(await follow()).toEqual({ seen: [30, 60, 100], streams: 1, polls: 2 });
  expect(performance.now() - begun).toBeGreaterThan(1000);
});

test("a server that restarts is asked for the stream again", async () => {
  let streams = 0;
  stream = (answer) => {
    streams += 1;
    event(answer, streams === 1 ? job(30) : job(100, "completed"));
    answer.end();
  };
  expect(await follow()).toEqual({ seen: [30, 100], streams: 2, polls: 0 });
});

test("following ends with its signal", async () => {
  stream = (answer) => void event(answer, job(10));
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 50);
  await expect(follow(controller.signal)).rejects.toThrow(/abort/i);
});

test("a job that is gone is a typed fault at once", async () => {
  stream = (answer) => json(answer, { error: { code: "gone" } }, 410);
  const api: Api = createApi(origin(), "pk");
  const following = async () => {
    for await (const _ of api.follow("1", "t", new AbortController().signal)) expect.unreachable();
  };
  await expect(following()).rejects.toMatchObject({ code: "gone", status: 410 });
});
