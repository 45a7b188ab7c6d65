// npm run objects:copy -- --from disk:DIR --to s3://BUCKET: moves the pictures; run again, it goes on where it was cut off.
import { existsSync, realpathSync } from "node:fs";
import { hostname } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { createDiskObjectStore } from "../adapters/objects/disk/create-disk-object-store.ts";
import { checkS3 } from "../adapters/objects/s3/check-s3.ts";
import { createS3ObjectStore } from "../adapters/objects/s3/create-s3-object-store.ts";
import { keepPhotoExpiry } from "../adapters/objects/s3/keep-photo-expiry.ts";
import { createSqliteStore } from "../adapters/store/sqlite/create-sqlite-store.ts";
import { AppError } from "../core/errors.ts";
import { copyObjects } from "./copy-objects.ts";
import { createProgressBar } from "./progress-bar.ts";
import { readS3Settings } from "./s3-settings.ts";

const usage = "npm run objects:copy -- --from disk:DIR --to s3://BUCKET[/PREFIX]";

function readArguments() {
  const { values } = parseArgs({ options: { from: { type: "string" }, to: { type: "string" } } });
  const [, folder] = /^disk:(.+)/.exec(values.from ?? "") ?? [];
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(values.to ?? "") ?? [];
  if (!folder || !bucket) throw new Error(usage);
  if (!existsSync(folder)) throw new Error(`--from: there is no folder ${folder}`);
  return { folder: realpathSync(folder), bucket, prefix };
}

/** Throws while a platform works on the folder: its database lies beside it, and a scheduler holds a lease there. */
async function refuseWhileInUse(folder: string) {
  const file = path.join(path.dirname(folder), "trailroom.db");
  if (!existsSync(file)) return;
  const store = await createSqliteStore({ url: `file:${file}` });
  try {
    const now = new Date();
    const [lease, self] = ["chore:recover-leases", `objects-copy-${process.pid}`];
    const isFree = await store.leases.acquire(lease, self, now, now);
    const { processing } = await store.tryOnJobs.countByStatus();
    if (isFree) await store.leases.release(lease, self);
    if (!isFree || processing > 0) throw new Error("--from: the platform is running on it: stop it first");
  } finally {
    await store.close();
  }
}

async function main() {
  const { folder, bucket, prefix } = readArguments();
  const settings = readS3Settings(process.env, bucket, prefix);
  await refuseWhileInUse(folder);
  await checkS3(settings);
  await keepPhotoExpiry(settings).catch((error: unknown) => {
    console.warn(`The bucket takes no expiry rule for photos (${error}): see docs/operations.md.`);
  });
  const started = performance.now();
  const target = createS3ObjectStore(settings);
  const source = createDiskObjectStore({ folder });
  const onProgress = createProgressBar(process.stdout);
  const count = await copyObjects({ source, target, identity: `${hostname()}:${folder}`, onProgress });
  target.close();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`Copied ${count} objects in ${seconds} s; every byte agrees. Start the platform with S3_BUCKET now.`);
}

main().catch((error: unknown) => {
  const reason = error instanceof AppError ? error.log : null;
  console.error(reason ?? (error instanceof Error ? error.message : error));
  process.exit(1);
});
