import { z } from "zod";
import type { S3Settings } from "../adapters/objects/s3/create-s3-client.ts";
import { unusable } from "./unusable.ts";

const required = ["S3_ENDPOINT", "S3_REGION", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;

/** The S3-compatible store that pictures go to; all of these or none. */
export const s3Variables = {
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: "S3_ENDPOINT must be the store's own address" }).optional(),
  S3_REGION: z.string().min(1).optional(),
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "S3_BUCKET must be a bucket's name")
    .optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_PREFIX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9/-]*$/, "S3_PREFIX is made of small letters, digits, - and /")
    .optional(),
};

type S3Environment = z.infer<z.ZodObject<typeof s3Variables>>;

/** Half a configuration is a mistake, never a wish. */
export function s3Faults(env: S3Environment): string[] {
  const isWanted = Object.keys(s3Variables).some((name) => env[name as keyof S3Environment] !== undefined);
  const missing = required.filter((name) => env[name] === undefined);
  return isWanted && missing.length > 0 ? [`S3 is half configured: ${missing.join(", ")} missing`] : [];
}

/** The settings for one bucket that a command names; what opens it comes from the environment. Throws with every fault. */
export function readS3Settings(environment: Record<string, string | undefined>, bucket: string, prefix: string) {
  const parsed = z.object(s3Variables).safeParse({ ...environment, S3_BUCKET: bucket, S3_PREFIX: prefix || undefined });
  const faults = parsed.success ? s3Faults(parsed.data) : parsed.error.issues.map(({ message }) => message);
  const settings = parsed.success ? toS3Settings(parsed.data) : null;
  if (!settings) throw unusable(faults.join("\n- "));
  return settings;
}

/** The store of pictures, or null when they lie in DATA_DIR. */
export function toS3Settings(env: S3Environment): S3Settings | null {
  const { S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_PREFIX = "" } = env;
  if (!(S3_ENDPOINT && S3_REGION && S3_BUCKET && S3_ACCESS_KEY_ID && S3_SECRET_ACCESS_KEY)) return null;
  return {
    endpoint: S3_ENDPOINT,
    region: S3_REGION,
    bucket: S3_BUCKET,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    prefix: S3_PREFIX && !S3_PREFIX.endsWith("/") ? `${S3_PREFIX}/` : S3_PREFIX,
  };
}
