import { checkS3 } from "../../adapters/objects/s3/check-s3.ts";
import type { S3Settings } from "../../adapters/objects/s3/create-s3-client.ts";
import { keepPhotoExpiry } from "../../adapters/objects/s3/keep-photo-expiry.ts";
import { clockSkew } from "./clock-skew.ts";
import type { Finding } from "./finding.ts";
import { doubtful, reasonOf, well, wrong } from "./finding.ts";

const subject = "S3";
const dateMs = 5_000;

/** Whether the bucket can be written, read, listed and emptied, expires photos by itself, and shares our time. */
export async function checkObjects(settings: S3Settings): Promise<Finding[]> {
  const findings = await skewOf(settings.endpoint);
  try {
    await checkS3(settings);
    findings.push(well(subject, `bucket ${settings.bucket}: write, read, list and delete work`));
  } catch (error) {
    return [
      ...findings,
      wrong(subject, reasonOf(error), "mend the setting that is named; clocks over 15 min apart fail too"),
    ];
  }
  try {
    await keepPhotoExpiry(settings);
    findings.push(well(subject, "the bucket itself deletes shoppers' photos after a day"));
  } catch (error) {
    const remedy =
      "allow s3:PutLifecycleConfiguration, or add the rule by hand: the platform's own sweep works without";
    findings.push(doubtful(subject, `no expiry rule for photos: ${reasonOf(error)}`, remedy));
  }
  if (settings.endpoint.startsWith("http:")) {
    findings.push(doubtful(subject, "S3_ENDPOINT is not https", "use https unless the network is your own"));
  }
  return findings;
}

/** Any answer carries the store's time. */
async function skewOf(endpoint: string): Promise<Finding[]> {
  const before = new Date();
  const answer = await fetch(endpoint, { signal: AbortSignal.timeout(dateMs) }).catch(() => null);
  await answer?.body?.cancel();
  const date = answer?.headers.get("date");
  return date ? [clockSkew("S3", new Date(Date.parse(date) + 500), before, new Date())] : [];
}
