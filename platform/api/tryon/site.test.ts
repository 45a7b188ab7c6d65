import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createStubEngine } from "../../adapters/engines/stub/create-stub-engine.ts";
import { createImagePreparer, defaultImageLimits } from "../../adapters/images/create-image-preparer.ts";
import { createMemoryRateLimiter } from "../../adapters/limits/create-memory-rate-limiter.ts";
import { createRedisRateLimiter } from "../../adapters/limits/create-redis-rate-limiter.ts";
import { connectRedis } from "../../adapters/redis/connect-redis.ts";
import type { RequestLimits } from "../../core/access/limits.ts";
import { defaultLimits } from "../../core/access/limits.ts";
import type { RateLimiter } from "../../core/ports.ts";
import { sweepExpiredImages } from "../../core/privacy/sweep-expired-images.ts";
import { ensureSiteAccount } from "../../core/site/ensure-site-account.ts";
import { keepSampleResults } from "../../core/site/keep-sample-results.ts";
import { siteKeyId, sitePublishableKey, siteUserId } from "../../core/site/site-account.ts";
import { createSitePictures } from "../../core/site/site-pictures.ts";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";
import { testTime } from "../../testing/rows.ts";
import { hasRedis, startRedis } from "../../testing/start-redis.ts";

const publicUrl = "https://platform.example";
const tee = `${publicUrl}/site/garments/tee.jpg`;
const minuteMs = 60_000;
const shadeOf = (shade: number) =>
  sharp({ create: { width: 300, height: 450, channels: 3, background: { r: shade, g: 90, b: 130 } } })
    .jpeg()
    .toBuffer();

let sample: Buffer;
let photo: Buffer;
let garment: Buffer;
beforeAll(async () => {
  [sample, photo, garment] = (await Promise.all([10, 90, 200].map(shadeOf))) as [Buffer, Buffer, Buffer];
});

let api: ApiForTest;
let runs: string[];
const preparer = createImagePreparer(defaultImageLimits);
afterAll(() => preparer.close());
afterEach(() => api.remove());

async function open(limiter?: RateLimiter, over: Partial<RequestLimits> = {}) {
  runs = [];
  const stub = createStubEngine({ waitMs: 0 });
  const engine = {
    ...stub,
    name: "local",
    run: async (...given: Parameters<typeof stub.run>) => {
      runs.push(given[0].person.hash);
      return stub.run(...given);
    },
  };
  const files = { garments: new Map([["tee.jpg", new Uint8Array(garment)]]), people: [new Uint8Array(sample)] };
  const pictures = createSitePictures(files, publicUrl, preparer);
  const { siteOwnPhotosPerDay, siteOwnPhotosInAllPerDay } = defaultLimits;
  api = await makeApi({
    limits: { siteOwnPhotosPerDay, siteOwnPhotosInAllPerDay, ...over },
    deps: { site: { pictures, engine: keepSampleResults(engine, pictures) } },
    auth: limiter ? { limiter } : {},
  });
  await ensureSiteAccount(api.store, publicUrl, testTime);
}

interface Asked {
  person?: Buffer;
  top?: string | File;
  ip?: string;
  origin?: string;
  headers?: Record<string, string>;
}
const headersOf = ({ ip = "203.0.113.50", origin = publicUrl, headers = {} }: Asked) => ({
  "x-publishable-key": sitePublishableKey,
  "x-forwarded-for": ip,
  origin,
  ...headers,
});
const fileOf = (bytes: Buffer) => new File([new Uint8Array(bytes)], "any.jpg");
function post(asked: Asked = {}) {
  const body = new FormData();
  body.set("person_image", fileOf(asked.person ?? photo));
  body.set("top_image", asked.top ?? tee);
  body.set("mode", "top");
  body.set("consent_version", "2026-11");
  return api.json("/tryon", { method: "POST", headers: headersOf(asked), body });
}
function check(asked: Asked = {}) {
  const body = new FormData();
  body.set("person_image", fileOf(asked.person ?? photo));
  return api.json("/tryon/check", { method: "POST", headers: headersOf(asked), body });
}
const codeOf = ({ status, body }: Awaited<ReturnType<typeof post>>) =>
  body.error ? `${status} ${body.error.code}` : status;
const tooMany = "429 daily_generation_limit";
const count = (codes: (string | number)[], code: string | number) => codes.filter((one) => one === code).length;

const redis = hasRedis ? await startRedis() : null;
const link =
  redis && (await connectRedis({ url: redis.url, log: { info: () => {}, warn: () => {}, error: () => {} } }));
afterAll(async () => {
  link?.close();
  await redis?.remove();
});
const limiters: [string, () => RateLimiter][] = [["memory", createMemoryRateLimiter]];
if (link) limiters.push(["redis", () => createRedisRateLimiter(link)]);

describe.each(limiters)("own photos on the landing page, counted in %s", (_name, makeLimiter) => {
  beforeEach(async () => {
    if (link) await link.commands.flushall();
  });

  test("of twenty at once from one address exactly three are taken, and the fourth is told of before its photo is looked at", async () => {
    await open(makeLimiter());
    const answers = (await Promise.all(Array.from({ length: 20 }, () => post()))).map(codeOf);
    expect([count(answers, 202), count(answers, tooMany)]).toEqual([3, 17]);
    expect(codeOf(await check())).toBe(tooMany);
    expect(codeOf(await check({ person: sample }))).toBe(200);
    expect(codeOf(await post({ ip: "203.0.113.51" }))).toBe(202);
  });

  test("an IPv6 home counts as one address by its /64", async () => {
    await open(makeLimiter());
    const from = (last: number) => post({ ip: `2001:db8:1:2::${last}` });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(from));
    expect(count(answers.map(codeOf), 202)).toBe(3);
    expect(codeOf(await post({ ip: "2001:db8:1:3::1" }))).toBe(202);
  });

  test("of the day's 500 places exactly 500 are given out however many ask at once, the 501st is not, and sample people still work", async () => {
    const limiter = makeLimiter();
    await open(limiter, { siteOwnPhotosInAllPerDay: 500 });
    const { siteOwnPhotosInAll } = api.services.limits;
    // 490 visitors have been here today; what the limiter counts is what the endpoint asks of it
    await limiter.consume(siteOwnPhotosInAll, "all", 490);
    const visitors = Array.from({ length: 30 }, (_, index) => post({ ip: `198.51.100.${index}` }));
    const answers = (await Promise.all(visitors)).map(codeOf);
    expect([count(answers, 202), count(answers, tooMany)]).toEqual([10, 20]);
    expect(codeOf(await post({ person: sample }))).toBe(202);
    // who was refused by the day's total has lost none of their own three
    await limiter.refund(siteOwnPhotosInAll, "all", 100);
    const again = await Promise.all([1, 2, 3, 4].map(() => post({ ip: "198.51.100.29" })));
    expect(count(again.map(codeOf), 202)).toBe(answers.at(-1) === 202 ? 2 : 3);
  });

  test("a photo that is refused, and a repeat under the same key, count as none", async () => {
    await open(makeLimiter());
    const bad = fileOf(Buffer.from("no picture"));
    for (let tries = 0; tries < 5; tries += 1) {
      const body = new FormData();
      for (const [name, value] of Object.entries({ top_image: tee, mode: "top", consent_version: "1" })) {
        body.set(name, value);
      }
      body.set("person_image", bad);
      const answer = await api.json("/tryon", { method: "POST", headers: headersOf({}), body });
      expect(answer.status).toBe(415);
    }
    const same = { headers: { "idempotency-key": "one" } };
    expect([codeOf(await post(same)), codeOf(await post(same)), codeOf(await post(same))]).toEqual([202, 202, 202]);
    expect([codeOf(await post()), codeOf(await post()), codeOf(await post())]).toEqual([202, 202, tooMany]);
  });
});

test("only the page's own garments are tried on: no other address, no picture of one's own, and nothing is fetched", async () => {
  await open();
  const refused = "403 key_not_permitted";
  const addresses = [
    "https://shop.example/tee.jpg",
    `${publicUrl}/site/garments/../../v1/models/person-1.jpg`,
    `${publicUrl}/v1/models/person-1.jpg`,
    `${publicUrl}/site/garments/none.jpg`,
    "https://platform.example.evil.example/site/garments/tee.jpg",
    "http://169.254.169.254/site/garments/tee.jpg",
  ];
  for (const top of addresses) expect(codeOf(await post({ top }))).toBe(refused);
  expect(codeOf(await post({ top: fileOf(garment) }))).toBe(refused);
  // five tries that came to nothing have cost none of the three
  expect(codeOf(await post())).toBe(202);
});

test("the page's key works on the platform's own origin alone, and reads no merchant's jobs", async () => {
  await open();
  for (const origin of ["https://shop.example", "https://platform.example.evil.example", "null"]) {
    expect(codeOf(await post({ origin }))).toBe("403 origin_not_allowed");
  }
  const pictures = { person: { bytes: new Uint8Array(photo) }, top: { bytes: new Uint8Array(garment) } };
  const { job } = await api.request(await api.seedCaller(), pictures);
  const read = await api.json(`/tryon/${job.id}`, { headers: { ...headersOf({}), "x-job-token": "x" } });
  expect(codeOf(read)).toBe("404 not_found");
  const secret = await api.json("/credits", { headers: headersOf({}) });
  expect(codeOf(secret)).toBe("403 key_not_permitted");
});

test("nobody is charged, the photo goes with its job, the picture an hour later", async () => {
  await open();
  const { body } = await post();
  expect(body.credits_used).toBe(0);
  expect((await api.objectsOf(body.job_id)).length).toBe(2);
  await api.service.run(body.job_id);
  const kept = async () => (await api.objectsOf(body.job_id)).map((key) => key.replace(/.*\//, ""));
  expect(await kept()).toEqual(["result-0.jpg"]);
  const row = await api.store.tryOnJobs.findById(body.job_id);
  const gone = { person_image: null, person_hash: null, top_image: null };
  expect(row).toMatchObject({ status: "completed", user_id: siteUserId, engine: "local", ...gone });
  api.clock.move(59 * minuteMs);
  await sweepExpiredImages(api.deps);
  expect(await kept()).toEqual(["result-0.jpg"]);
  api.clock.move(minuteMs);
  await sweepExpiredImages(api.deps);
  expect(await kept()).toEqual([]);
  expect(await api.store.creditTransactions.count(siteUserId, {}, 10)).toBe(0);
});

test("a sample person in a sample garment is made once by the engine and then remembered; an own photo never is", async () => {
  await open();
  const result = async (person: Buffer) => {
    const { body } = await post({ person });
    await api.service.run(body.job_id);
    return api.store.tryOnJobs.findById(body.job_id);
  };
  const first = await result(sample);
  expect(await result(sample)).toMatchObject({ status: "completed", confidence: first?.confidence });
  expect(runs).toHaveLength(1);
  await result(photo);
  await result(photo);
  expect(runs).toHaveLength(3);
});

test("the widget is told to show sample people first, and never rests for want of credits", async () => {
  await open();
  const { body } = await api.json("/widget/config", { headers: headersOf({}) });
  expect(body).toMatchObject({
    models_first: true,
    resting: false,
    retention: { photo_hours: 0, result_hours: 1 },
    texts: { brand: "This page" },
  });
  const { headers } = await api.caller("publishable");
  expect((await api.json("/widget/config", { headers })).body.models_first).toBe(false);
});

test("the account is made once however many start at once, follows the platform's address, and has no free credits to renew", async () => {
  await open();
  await Promise.all([1, 2, 3].map(() => ensureSiteAccount(api.store, "https://moved.example", testTime)));
  const keys = await api.store.apiKeys.listByUser(siteUserId);
  expect(keys.map(({ id, allowed_origins }) => [id, allowed_origins])).toEqual([
    [siteKeyId, ["https://moved.example"]],
  ]);
  const due = await api.store.users.listDueForRenewal(new Date("2030-01-01"), 100);
  expect(due.map(({ id }) => id)).not.toContain(siteUserId);
});
