import sharp from "sharp";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { RequestLimits } from "../core/access/limits.ts";
import type { TryOnDeps } from "../core/tryon/deps.ts";
import { defaultTryOnSettings } from "../core/tryon/settings.ts";
import { deferred } from "../testing/deferred.ts";
import type { ApiForTest } from "../testing/make-api.ts";
import { makeApi } from "../testing/make-api.ts";
import { settingsRow } from "../testing/rows.ts";

let api: ApiForTest;
let photos: Buffer[];
afterEach(() => api.remove());
beforeAll(async () => {
  const photo = (shade: number) =>
    sharp({ create: { width: 400, height: 600, channels: 3, background: { r: shade, g: 80, b: 120 } } })
      .jpeg()
      .toBuffer();
  photos = await Promise.all([10, 20, 30, 40, 50].map(photo));
});

const open = async (limits: Partial<RequestLimits>, deps: Partial<TryOnDeps> = {}) => {
  api = await makeApi({ limits, deps });
};
const fileOf = (bytes: Buffer) => new File([new Uint8Array(bytes)], "any.jpg");
const first = () => photos[0] as Buffer;

function tryOnForm(person: Buffer, fields: Record<string, string> = {}) {
  const body = new FormData();
  const all = { mode: "top", consent_version: "1", ...fields };
  for (const [name, value] of Object.entries(all)) body.set(name, value);
  body.set("person_image", fileOf(person));
  body.set("top_image", fileOf(first()));
  return body;
}
const post = (headers: Record<string, string>, person = first(), fields: Record<string, string> = {}) =>
  api.json("/tryon", { method: "POST", headers, body: tryOnForm(person, fields) });
const check = (headers: Record<string, string>, person: Buffer) => {
  const body = new FormData();
  body.set("person_image", fileOf(person));
  return api.json("/tryon/check", { method: "POST", headers, body });
};
/** A shop's page whose merchant takes garments as bytes. */
async function shopper(over: Parameters<typeof settingsRow>[1] = {}) {
  const caller = await api.caller("publishable");
  await api.store.settings.upsert(settingsRow(caller.user.id, { allow_garment_bytes: true, ...over }));
  return caller;
}
const from = (headers: Record<string, string>, ip: string) => ({ ...headers, "x-forwarded-for": ip });
const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) =>
  body.error ? `${status} ${body.error.code}` : status;
const codes = (answers: Parameters<typeof codeOf>[0][]) => answers.map(codeOf);

describe("requests", () => {
  test("a secret key has its own limit, and the headers name the limit that is nearest to its end", async () => {
    await open({ requestsPerMinute: 100, secretKeyRequestsPerHour: 2 });
    const { headers } = await api.caller("secret");
    const other = await api.caller("secret");
    const answers = [1, 2, 3].map(() => api.json("/credits", { headers }));
    const [one, two, three] = await Promise.all(answers);
    expect([one, two, three].map((answer) => answer?.status)).toEqual([200, 200, 429]);
    expect(three?.body.error).toMatchObject({ code: "rate_limited", retryable: true });
    expect(Number(three?.headers.get("retry-after"))).toBeGreaterThan(60);
    expect(["limit", "remaining", "reset"].map((name) => two?.headers.get(`ratelimit-${name}`))).toEqual([
      "2",
      "0",
      expect.stringMatching(/^\d+$/),
    ]);
    const free = await api.json("/credits", { headers: other.headers });
    expect([free.status, free.headers.get("ratelimit-limit")]).toEqual([200, "2"]);
  });

  test("every answer tells its id and the limits: errors, unknown paths and keys in the address too", async () => {
    await open({});
    for (const path of [
      "/credits",
      "/nothing",
      "/credits?api_key=x",
      "/credits?job-token=x",
      "/widget/config?token=x",
    ]) {
      const { status, headers, body } = await api.json(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(headers.get("x-request-id")).toBe(body.request_id);
      expect(headers.get("ratelimit-limit")).toBe("1000000");
    }
  });

  test("a body that is too long is refused by what it announces and by what it brings", async () => {
    await open({});
    const { headers } = await api.caller("secret");
    const json = { ...headers, "content-type": "application/json" };
    const long = JSON.stringify({ person_image: "A".repeat(14_000_000), top_image: "A", mode: "top" });
    expect(codeOf(await api.json("/tryon", { method: "POST", headers: json, body: long }))).toBe(
      "413 request_too_large",
    );
    const files = new FormData();
    for (const name of ["person_image", "top_image", "bottom_image"]) files.set(name, fileOf(Buffer.alloc(11_000_000)));
    expect(codeOf(await api.json("/tryon", { method: "POST", headers, body: files }))).toBe("413 request_too_large");
  });
});

describe("checks", () => {
  test("only those that are really run count: by address for shoppers, those inside POST /tryon included", async () => {
    await open({ checksPerMinute: 2 });
    const { headers } = await shopper();
    const [a, b, c] = photos as [Buffer, Buffer, Buffer];
    expect(codes([await check(headers, a), await check(headers, a), await post(headers, a)])).toEqual([200, 200, 202]);
    expect(codes([await post(headers, b), await check(headers, c)])).toEqual([202, "429 rate_limited"]);
    expect(codeOf(await check(from(headers, "203.0.113.77"), c))).toBe(200);
  });

  test("a secret key's checks count by the key, never by address", async () => {
    await open({ checksPerMinute: 0, ownChecksPerHour: 1 });
    const { headers } = await api.caller("secret");
    const [a, b] = photos as [Buffer, Buffer];
    expect(codes([await check(headers, a), await check(from(headers, "203.0.113.5"), b)])).toEqual([
      200,
      "429 rate_limited",
    ]);
    expect(codeOf(await check((await api.caller("secret")).headers, b))).toBe(200);
  });

  test("identical checks in flight share one run, and count once", async () => {
    const { promise, resolve } = deferred<string[]>();
    const checkPerson = vi.fn(() => promise);
    await open({ ownChecksPerHour: 1 }, { checker: { checkPerson, checkGarment: async () => [] } });
    const { headers } = await api.caller("secret");
    const checks = Promise.all([1, 2, 3].map(() => check(headers, first())));
    await vi.waitFor(() => expect(checkPerson).toHaveBeenCalled(), { timeout: 10_000 });
    resolve([]);
    expect(codes(await checks)).toEqual([200, 200, 200]);
    expect(checkPerson).toHaveBeenCalledTimes(1);
  });
});

describe("shoppers' jobs", () => {
  test("count by address; one that was refused or repeated does not", async () => {
    await open({ shopperJobsPerHour: 2 });
    const { headers } = await shopper();
    const keyed = { ...headers, "idempotency-key": "once" };
    const answers = [
      await post(headers, Buffer.from("no picture")),
      await post(keyed),
      await post(keyed),
      await post(headers),
      await post(headers),
    ];
    expect(codes(answers)).toEqual(["415 unsupported_image", 202, 202, 202, "429 daily_generation_limit"]);
    expect(Number(answers[4]?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(codeOf(await post(from(headers, "203.0.113.77")))).toBe(202);
  });

  test("count by shopper up to the merchant's cap, whatever the address, and rest of a burst is noted once", async () => {
    await open({});
    const { headers, user } = await shopper({ shopper_daily_cap: 1 });
    const as = (shopper_id: string, ip: string) => post(from(headers, ip), first(), { shopper_id });
    const answers = [
      await as("s-1", "203.0.113.1"),
      await as("s-1", "203.0.113.2"),
      await as("s-1", "203.0.113.2"),
      await as("s-2", "203.0.113.2"),
    ];
    expect(codes(answers)).toEqual([202, "429 daily_generation_limit", "429 daily_generation_limit", 202]);
    const events = await api.store.authEvents.listByUser(user.id, 10);
    expect(events.filter(({ kind }) => kind === "burst")).toMatchObject([{ detail: { limit: "jobs-shopper" } }]);
  });

  test("reads with a job's token count per job, and not against other jobs", async () => {
    await open({ jobReadsPerSecond: 0.2 });
    const { headers } = await shopper();
    const jobs = [(await post(headers)).body, (await post(headers)).body];
    const read = (job: { job_id: string; job_token: string }) =>
      api.json(`/tryon/${job.job_id}`, { headers: { ...headers, "x-job-token": job.job_token } });
    const answers = [await read(jobs[0]), await read(jobs[0]), await read(jobs[0]), await read(jobs[1])];
    expect(codes(answers)).toEqual([200, 200, "429 rate_limited", 200]);
  });

  test("an origin that a key is used from for the first time is noted, and one that it refuses", async () => {
    await open({});
    const { headers, user } = await shopper();
    await api.json("/widget/config", { headers });
    await api.json("/widget/config", { headers });
    await api.json("/widget/config", { headers: { ...headers, origin: "https://evil.example" } });
    await api.services.uses.flush();
    const events = await api.store.authEvents.listByUser(user.id, 10);
    expect(events.map(({ kind, detail }) => `${kind} ${detail.origin}`).sort()).toEqual([
      "new_origin https://shop.example",
      "origin_refused https://evil.example",
    ]);
  });
});

describe("accounts", () => {
  test("the day's generations are limited for free accounts, not for admins and not for test keys", async () => {
    const settings = { ...defaultTryOnSettings, dailyGenerations: { free: 1, paid: 2, admin: null } };
    await open({}, { settings });
    const free = await api.caller("secret", { role: "free" });
    const answers = [await post(free.headers), await post(free.headers)];
    expect(codes(answers)).toEqual([202, "429 daily_generation_limit"]);
    // until midnight, UTC
    expect(answers[1]?.headers.get("retry-after")).toBe(String(14 * 3600));
    const admin = await api.caller("secret", { role: "admin" });
    const testing = await api.caller("secret", { role: "free" }, { mode: "test" });
    for (const { headers } of [admin, testing]) {
      expect(codes([await post(headers), await post(headers), await post(headers)])).toEqual([202, 202, 202]);
    }
  });

  test("the queue of one account is bounded", async () => {
    await open({}, { settings: { ...defaultTryOnSettings, queuedPerAccount: 2 } });
    const { headers } = await api.caller("secret");
    const answers = [await post(headers), await post(headers), await post(headers)];
    expect(codes(answers)).toEqual([202, 202, "429 rate_limited"]);
    expect(answers[2]?.headers.get("retry-after")).toBe("30");
  });
});
