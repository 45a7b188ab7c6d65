import type { LifecycleRule, S3Client } from "@aws-sdk/client-s3";
import { GetBucketLifecycleConfigurationCommand, PutBucketLifecycleConfigurationCommand } from "@aws-sdk/client-s3";
import { photosPrefix } from "../../../core/tryon/object-key.ts";
import type { S3Settings } from "./create-s3-client.ts";
import { createS3Client } from "./create-s3-client.ts";
import { within } from "./within.ts";

const callMs = 6_000;

async function presentRules(client: S3Client, Bucket: string, abortSignal: AbortSignal): Promise<LifecycleRule[]> {
  try {
    const { Rules } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }), { abortSignal });
    return Rules ?? [];
  } catch (error) {
    if ((error as Error).name === "NoSuchLifecycleConfiguration") return [];
    throw error;
  }
}

/**
 * Has the bucket itself delete shoppers' photos a day after they were written, even if the platform never runs again.
 * The operator's own rules stay. Throws where the store cannot do it.
 */
export async function keepPhotoExpiry(settings: S3Settings): Promise<void> {
  const client = createS3Client(settings);
  const Bucket = settings.bucket;
  const rule = {
    ID: `trailroom-photos${settings.prefix ? `-${settings.prefix.replaceAll("/", "-")}` : ""}`,
    Status: "Enabled" as const,
    Filter: { Prefix: `${settings.prefix}${photosPrefix}` },
    Expiration: { Days: 1 },
  };
  try {
    await within(callMs, async (abortSignal) => {
      const rules = await presentRules(client, Bucket, abortSignal);
      const ours = rules.find(({ ID }) => ID === rule.ID);
      const isKept =
        ours?.Status === "Enabled" && ours.Expiration?.Days === 1 && ours.Filter?.Prefix === rule.Filter.Prefix;
      if (isKept) return;
      const Rules = [...rules.filter(({ ID }) => ID !== rule.ID), rule];
      const command = new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } });
      await client.send(command, { abortSignal });
    });
  } finally {
    client.destroy();
  }
}
