import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const secret = "k1:Zp3vQ9sT1xLw8Rb5Yc2Nf7Hj4Kd6Gm0AqUeXo";
const good = {
  PUBLIC_URL: "https://try.example",
  DATA_DIR: "/var/lib/trailroom",
  JWT_SECRET: secret,
  ENCRYPTION_KEYS: secret,
  METRICS_TOKEN: "a-metrics-token-of-24-characters",
};
const faultsOf = (environment: Record<string, string | undefined>) => {
  try {
    readConfig(environment);
    return "";
  } catch (error) {
    return String(error);
  }
};

test("NODE_ENV unset is production, on all interfaces", () => {
  expect(readConfig(good)).toMatchObject({ mode: "production", host: "0.0.0.0", engine: "local", trustProxyHops: 0 });
});

test("every fault is named in one message, and no secret is repeated", () => {
  const message = faultsOf({ ...good, PUBLIC_URL: undefined, JWT_SECRET: "k1:short-secret", METRICS_TOKEN: "tiny" });
  expect(message).toMatch(/PUBLIC_URL/);
  expect(message).toMatch(/JWT_SECRET.*weak/);
  expect(message).toMatch(/METRICS_TOKEN is weak/);
  expect(message).not.toMatch(/short-secret|tiny/);
});

test("what only production forbids is told beside a variable that is missing", () => {
  const message = faultsOf({
    ...good,
    METRICS_TOKEN: undefined,
    PUBLIC_URL: "http://try.example",
    OUTBOUND_ALLOW_ORIGINS: "http://127.0.0.1:3000",
  });
  expect(message).toMatch(/METRICS_TOKEN/);
  expect(message).toMatch(/PUBLIC_URL must be https/);
  expect(message).toMatch(/OUTBOUND_ALLOW_ORIGINS is for development only/);
});

test.each([
  ["a secret that repeats one character", { JWT_SECRET: `k1:${"a".repeat(40)}` }, /weak/],
  ["a key without an id", { ENCRYPTION_KEYS: "Zp3vQ9sT1xLw8Rb5Yc2Nf7Hj4Kd6Gm0AqUeXo" }, /kid:secret/],
  ["a metrics token of one character", { METRICS_TOKEN: "x".repeat(40) }, /METRICS_TOKEN is weak/],
  ["an address that is not https", { PUBLIC_URL: "http://try.example" }, /https/],
  ["outbound exceptions", { OUTBOUND_ALLOW_ORIGINS: "http://127.0.0.1:3000" }, /development only/],
  ["the stub engine", { ENGINE: "stub" }, /test only/],
  ["the OpenAI engine without its key", { ENGINE: "openai" }, /needs OPENAI_API_KEY/],
  ...[
    "http://127.0.0.1:8010/v1",
    "https://127.0.0.1/v1",
    "https://[::1]:8010/v1",
    "https://localhost/v1",
    "https://sandbox.openai.example/v1",
    "https://openai-sandbox.example/v1",
    "http://api.openai.com/v1",
  ].map((url): [string, object, RegExp] => [`OpenAI at ${url}`, { OPENAI_BASE_URL: url }, /OPENAI_BASE_URL must be/]),
  [
    "half an S3 configuration",
    { S3_BUCKET: "pictures", S3_REGION: "ap-south-1" },
    /S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY missing/,
  ],
  ["a prefix alone", { S3_PREFIX: "shop" }, /S3 is half configured/],
  ["a Redis address of another kind", { REDIS_URL: "http://redis:6379" }, /REDIS_URL must be redis:/],
])("production refuses %s", (_name, over, fault) => {
  expect(faultsOf({ ...good, ...over })).toMatch(fault);
});

test("every limit of the API is a setting, and none is off by default", () => {
  const { limits, bounds } = readConfig(good);
  expect(limits).toMatchObject({ requestsPerMinute: 100, secretKeyRequestsPerHour: 1000, shopperJobsPerHour: 10 });
  expect(bounds).toMatchObject({
    tryOns: { runningPerAccount: 10, queuedPerAccount: 200, dailyGenerations: { free: 50, paid: 10_000, admin: null } },
    images: { maxBytes: 10_000_000, maxPixels: 40_000_000, minSide: 256 },
    body: { multipartBytes: 32_000_000, otherBytes: 14_000_000 },
    waitingChecks: 64,
    freeAllowance: { free: 3, paid: 3, admin: 3 },
  });
  const set = readConfig({
    ...good,
    LIMIT_GENERATIONS_PER_DAY_FREE: "7",
    LIMIT_IMAGE_MB: "2",
    KEY_BUDGET_PERCENT: "50",
  });
  expect(set.bounds).toMatchObject({
    tryOns: { dailyGenerations: { free: 7 }, keyBudget: { shareOfBalance: 0.5, least: 10, most: 200 } },
    images: { maxBytes: 2_000_000 },
  });
});

test("the OpenAI engine is a key and data: models in their order, a cap, a time-out; its drain waits for what was paid", () => {
  const chosen = { ...good, ENGINE: "openai", OPENAI_API_KEY: "sk-a" };
  const { openAi, bounds, drainMs } = readConfig(chosen);
  expect(openAi).toMatchObject({ baseUrl: "https://api.openai.com/v1", timeoutMs: 180_000 });
  expect(openAi?.models.map(({ id }) => id)).toEqual(["gpt-image-2.6-flare", "gpt-image-2.5-flare-2026-09-08"]);
  expect(bounds.tryOns.engineCostCapMicroUsd).toBe(50_000_000);
  expect(drainMs).toBeGreaterThan(180_000);
  expect(readConfig(good).openAi).toBeNull();
  const model = {
    id: "m",
    end_of_life: "2027-01-31",
    sizes: ["1024x1536"],
    price_usd_per_million_tokens: { text_in: 5, image_in: 8, image_out: 30 },
    estimate: { tokens_per_image_in: 1, tokens_out: 1 },
  };
  const set = readConfig({ ...chosen, OPENAI_MODELS: JSON.stringify([model]), OPENAI_DAILY_CAP_USD: "7.5" });
  expect(set.openAi?.models).toMatchObject([{ ...model, quality: "medium", output_format: "jpeg" }]);
  expect(set.bounds.tryOns.engineCostCapMicroUsd).toBe(7_500_000);
});

test.each([
  ["no JSON", "{", /OPENAI_MODELS is not JSON/],
  ["no model", "[]", /OPENAI_MODELS at the top/],
  ["an unknown setting", '[{"id":"m","colour":1}]', /OPENAI_MODELS at 0/],
  ["no price", '[{"id":"m","sizes":["1024x1024"]}]', /OPENAI_MODELS at 0.price_usd_per_million_tokens/],
])("a list of models with %s is refused, and where is said", (_name, text, fault) => {
  expect(faultsOf({ ...good, OPENAI_MODELS: text })).toMatch(fault);
});

test("NODE_ENV=test obeys every rule of production but https and loopback", () => {
  const test = { ...good, NODE_ENV: "test", PUBLIC_URL: "http://127.0.0.1:8001" };
  expect(readConfig(test)).toMatchObject({ mode: "test", host: "127.0.0.1" });
  expect(faultsOf({ ...test, OUTBOUND_ALLOW_ORIGINS: "http://127.0.0.1:3000" })).toMatch(/development only/);
  expect(faultsOf({ ...test, JWT_SECRET: "k1:short" })).toMatch(/weak/);
  expect(readConfig({ ...test, OPENAI_BASE_URL: "http://127.0.0.1:8010/v1" }).openAi).toBeNull();
});

test("development and test bind loopback only", () => {
  expect(readConfig({ ...good, NODE_ENV: "development" }).host).toBe("127.0.0.1");
  expect(faultsOf({ ...good, NODE_ENV: "test", HOST: "0.0.0.0" })).toMatch(/loopback/);
});

test("pictures go to S3 when its five settings are there, under its prefix, and to DATA_DIR else", () => {
  expect(readConfig(good).s3).toBeNull();
  const s3 = {
    S3_ENDPOINT: "http://127.0.0.1:9000",
    S3_REGION: "ap-south-1",
    S3_BUCKET: "pictures",
    S3_ACCESS_KEY_ID: "id",
    S3_SECRET_ACCESS_KEY: "secret",
  };
  expect(readConfig({ ...good, ...s3 }).s3).toMatchObject({ endpoint: "http://127.0.0.1:9000", prefix: "" });
  expect(readConfig({ ...good, ...s3, S3_PREFIX: "shop" }).s3?.prefix).toBe("shop/");
});
