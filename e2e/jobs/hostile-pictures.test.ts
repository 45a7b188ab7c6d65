import { spawn } from "node:child_process";
import { once } from "node:events";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createJobClient, teeJpeg } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { startPlatform } from "./start-platform.ts";

const p99Ms = 100;
const rounds = 4;
let platform: Platform;
beforeAll(async () => {
  platform = await startPlatform({ STUB_ENGINE_MS: "50" });
  await platform.start();
});
afterAll(() => platform.stop());

const solid = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "#123" } });
const ascii = (text: string) => Buffer.from(text);
const gif = Buffer.from("R0lGODlhAQABAPAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==", "base64");

/** Each as a file named .png, whatever it is. */
const files: [string, () => Promise<Buffer> | Buffer, string][] = [
  ["a truncated JPEG", async () => (await solid(900, 900).jpeg().toBuffer()).subarray(0, 900), "422 image_unreadable"],
  ["a PNG bomb of 100 megapixels", () => solid(10_000, 10_000).png().toBuffer(), "413 image_too_large"],
  [
    "an SVG with a script",
    () => ascii("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    "415 unsupported_image",
  ],
  ["HTML named .png", () => ascii("<!doctype html><script>alert(1)</script>"), "415 unsupported_image"],
  ["an animated GIF", () => gif, "415 unsupported_image"],
  ["0 bytes", () => Buffer.alloc(0), "422 image_unreadable"],
  ["11 MB", () => Buffer.alloc(11_000_000, 255), "413 image_too_large"],
];
const addresses = [
  "http://127.0.0.1/picture.png",
  "http://localhost/picture.png",
  "http://169.254.169.254/latest/meta-data",
  "http://[::1]/picture.png",
  "http://[::ffff:10.0.0.1]/picture.png",
  "http://0x7f.1/picture.png",
  "http://no-such-name.invalid/picture.png",
];

/** Asks for /healthz without a pause, in a process of its own so that this one's work does not count. */
function watchHealth(url: string) {
  const script = `const times = [];
    process.on("SIGTERM", () => { console.log(JSON.stringify(times)); process.exit(0); });
    for (;;) {
      const began = performance.now();
      const answer = await fetch(${JSON.stringify(`${url}/healthz`)});
      await answer.text();
      times.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (part: Buffer) => {
    output += part;
  });
  return async () => {
    child.kill("SIGTERM");
    await once(child, "close");
    // the first ones open the connection
    return (JSON.parse(output) as number[]).slice(3).sort((a, b) => a - b);
  };
}

const p99 = (sorted: number[]) => sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY;

async function post(body: FormData | string) {
  const headers: Record<string, string> = { "x-api-key": platform.merchant.secretKey };
  if (typeof body === "string") headers["content-type"] = "application/json";
  const answer = await fetch(`${platform.url}/api/v1/tryon`, { method: "POST", headers, body });
  const { error } = (await answer.json()) as { error?: { code: string } };
  return `${answer.status} ${error?.code}`;
}

function fileForm(picture: Buffer) {
  const form = new FormData();
  form.set("mode", "top");
  form.set("person_image", new File([new Uint8Array(picture)], "photo.png", { type: "image/png" }));
  form.set("top_image", new Blob([teeJpeg]), "top.jpg");
  return form;
}
const addressBody = (address: string) =>
  JSON.stringify({ mode: "top", person_image: address, top_image: Buffer.from(teeJpeg).toString("base64") });

test("bad pictures and addresses each get their error and cost nothing, while /healthz answers and a good try-on goes through", async () => {
  const client = createJobClient(platform);
  const bodies = await Promise.all(files.map(async ([, make]) => fileForm(await make())));
  const { store, merchant } = platform;
  const idle = watchHealth(platform.url);
  await client.until((await client.accepted()).job_id, (job) => job.status === "completed");
  const idleTimes = await idle();
  const healthTimes = watchHealth(platform.url);

  const everyBadOne = () => Promise.all([...bodies.map(post), ...addresses.map(addressBody).map(post)]);
  const refusals = everyBadOne();
  const good = await client.accepted();
  const expected = [...files.map(([, , code]) => code), ...addresses.map(() => "422 image_url_unreachable")];
  expect(await refusals).toEqual(expected);
  for (let round = 1; round < rounds; round += 1) expect(await everyBadOne()).toEqual(expected);
  expect((await client.until(good.job_id, (job) => job.status === "completed")).credits_used).toBe(1);

  const times = await healthTimes();
  expect(times.length).toBeGreaterThan(100);
  // on a machine that is busy with other things health is slow anyway
  expect(p99(times)).toBeLessThan(Math.max(p99Ms, 10 * p99(idleTimes)));
  expect(await store.tryOnJobs.count(merchant.user.id, {}, 10)).toBe(2);
  const usage = await store.creditTransactions.list(merchant.user.id, { type: "usage" }, { offset: 0, limit: 10 });
  expect(usage.map((row) => row.credits)).toEqual([-1, -1]);
});
