import path from "node:path";
import { z } from "zod";
import { accountFaults, accountVariables, toAccountConfig } from "./account-config.ts";
import { limitVariables, toBounds, toRequestLimits } from "./limit-settings.ts";
import { openAiFaults, openAiVariables, toCapMicroUsd, toOpenAi } from "./openai-settings.ts";
import { s3Faults, s3Variables, toS3Settings } from "./s3-settings.ts";
import { isStandInAddress } from "./stand-in-address.ts";

/** `kid:secret` pairs, comma separated; the first signs or encrypts, all verify or decrypt. */
const keyList = (name: string) =>
  z.string({ error: `${name} is missing` }).transform((text, context) =>
    text.split(",").map((pair) => {
      const colon = pair.indexOf(":");
      const key = { kid: pair.slice(0, colon).trim(), secret: pair.slice(colon + 1).trim() };
      if (colon < 1) context.addIssue({ code: "custom", message: `${name} must be a list of kid:secret` });
      else if (key.secret.length < 32 || new Set(key.secret).size < 10) {
        context.addIssue({
          code: "custom",
          message: `${name}: the secret of ${key.kid} is weak (32 random characters at least)`,
        });
      }
      return key;
    }),
  );

const count = (fallback: number) => z.coerce.number().int().min(0).default(fallback);

const schema = z.object({
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
  HOST: z.string().optional(),
  PORT: count(8001),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "PUBLIC_URL must be the platform's own address" }),
  DATA_DIR: z.string({ error: "DATA_DIR is missing" }).min(1),
  MONGO_URL: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\/./, "MONGO_URL must be mongodb://… or mongodb+srv://…")
    .optional(),
  TRUST_PROXY: count(0),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  JWT_SECRET: keyList("JWT_SECRET"),
  ENCRYPTION_KEYS: keyList("ENCRYPTION_KEYS"),
  METRICS_TOKEN: z
    .string({ error: "METRICS_TOKEN is missing" })
    .min(24, "METRICS_TOKEN is weak (24 characters at least)")
    .refine((token) => new Set(token).size >= 10, "METRICS_TOKEN is weak (it repeats a few characters)"),
  ENGINE: z.enum(["local", "openai", "stub"]).default("local"),
  STUB_ENGINE_MS: count(200),
  STUB_ENGINE_HOLD_FILE: z.string().optional(),
  DRAIN_MS: z.coerce.number().int().min(0).optional(),
  ENGINE_THREADS: z.coerce.number().int().min(1).optional(),
  JOBS_AT_ONCE: z.coerce.number().int().min(1).optional(),
  OUTBOUND_ALLOW_ORIGINS: z
    .string()
    .default("")
    .transform((text) => text.split(",").filter(Boolean)),
  SHOP_URL: z.url().optional(),
  ...openAiVariables,
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: "REDIS_URL must be redis://… or rediss://…" }).optional(),
  ...s3Variables,
  ...limitVariables,
  ...accountVariables,
});

const drainMs = 25_000;

type Environment = z.infer<typeof schema>;
const loopback = new Set(["127.0.0.1", "localhost", "::1", "[::1]"]);

/** What only some modes of running allow (spec §7). */
function modeFaults(env: Environment): string[] {
  const faults: string[] = [];
  const isProduction = env.NODE_ENV === "production";
  if (isProduction && !env.PUBLIC_URL.startsWith("https://")) faults.push("PUBLIC_URL must be https in production");
  // NODE_ENV=test is production in everything but https and loopback
  if (env.NODE_ENV !== "development" && env.OUTBOUND_ALLOW_ORIGINS.length > 0) {
    faults.push("OUTBOUND_ALLOW_ORIGINS is for development only");
  }
  if (env.ENGINE === "stub" && env.NODE_ENV !== "test") faults.push("ENGINE=stub is for NODE_ENV=test only");
  if (isProduction && isStandInAddress(env.OPENAI_BASE_URL)) {
    faults.push("OPENAI_BASE_URL must be the vendor's own https address in production, not loopback or a sandbox");
  }
  faults.push(...openAiFaults(env), ...s3Faults(env));
  if (!isProduction && env.HOST && !loopback.has(env.HOST)) {
    faults.push(`NODE_ENV=${env.NODE_ENV} binds loopback only`);
  }
  return [...faults, ...accountFaults(env, env.NODE_ENV)];
}

/** In place of required variables that are at fault, so that the rules on all others are told in the same message. */
const standIns: Record<string, string> = {
  PUBLIC_URL: "https://unset.invalid",
  DATA_DIR: ".",
  JWT_SECRET: "unset:0123456789abcdefghijklmnopqrstuv",
  ENCRYPTION_KEYS: "unset:0123456789abcdefghijklmnopqrstuv",
  METRICS_TOKEN: "0123456789abcdefghijklmn",
};

function faultsOf(environment: Record<string, string | undefined>, parsed: ReturnType<typeof schema.safeParse>) {
  if (parsed.success) return modeFaults(parsed.data);
  const told = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  const names = new Set(parsed.error.issues.map((issue) => String(issue.path[0])));
  const sound = Object.entries(environment).filter(([name, value]) => value !== undefined && !names.has(name));
  const repaired = schema.safeParse({ ...standIns, ...Object.fromEntries(sound) });
  const further = repaired.success ? modeFaults(repaired.data) : [];
  return [...told, ...further.filter((fault) => ![...names].some((name) => fault.includes(name)))];
}

/** The environment, parsed once. Throws one error that names every fault and repeats no secret. */
export function readConfig(environment: Record<string, string | undefined>) {
  const parsed = schema.safeParse(environment);
  const faults = faultsOf(environment, parsed);
  if (!parsed.success || faults.length > 0)
    throw new Error(`The configuration is not usable:\n- ${faults.join("\n- ")}`);
  const env = parsed.data;
  return {
    mode: env.NODE_ENV,
    host: env.HOST ?? (env.NODE_ENV === "production" ? "0.0.0.0" : "127.0.0.1"),
    healthHost: env.HOST ?? "127.0.0.1",
    port: env.PORT,
    publicUrl: env.PUBLIC_URL.replace(/\/$/, ""),
    dataDir: path.resolve(env.DATA_DIR),
    mongoUrl: env.MONGO_URL ?? null,
    trustProxyHops: env.TRUST_PROXY,
    logLevel: env.LOG_LEVEL,
    signingKeys: env.JWT_SECRET,
    encryptionKeys: env.ENCRYPTION_KEYS,
    metricsToken: env.METRICS_TOKEN,
    engine: env.ENGINE,
    stubEngine: { waitMs: env.STUB_ENGINE_MS, holdFile: env.STUB_ENGINE_HOLD_FILE, concurrency: env.JOBS_AT_ONCE },
    // what was paid for is waited for
    drainMs: env.DRAIN_MS ?? (env.ENGINE === "openai" ? env.OPENAI_TIMEOUT_MS + drainMs : drainMs),
    openAi: toOpenAi(env),
    engineThreads: env.ENGINE_THREADS,
    jobsAtOnce: env.JOBS_AT_ONCE,
    outboundAllowOrigins: env.OUTBOUND_ALLOW_ORIGINS,
    shopUrl: env.SHOP_URL ?? null,
    redisUrl: env.REDIS_URL ?? null,
    s3: toS3Settings(env),
    limits: toRequestLimits(env),
    bounds: toBounds(env, toCapMicroUsd(env)),
    ...toAccountConfig(env, env.NODE_ENV),
  };
}

export type Config = ReturnType<typeof readConfig>;
