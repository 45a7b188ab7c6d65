import path from "node:path";
import { createDiskObjectStore } from "../adapters/objects/disk/create-disk-object-store.ts";
import { checkS3 } from "../adapters/objects/s3/check-s3.ts";
import { createS3ObjectStore } from "../adapters/objects/s3/create-s3-object-store.ts";
import { keepPhotoExpiry } from "../adapters/objects/s3/keep-photo-expiry.ts";
import type { Logger, ObjectStore } from "../core/ports.ts";
import type { Config } from "./config.ts";
import { unusable } from "./unusable.ts";

/** The store of pictures: the bucket of S3_BUCKET, or a folder. Throws when the bucket cannot be used, with the setting at fault. */
export async function openObjects({ s3, dataDir }: Pick<Config, "s3" | "dataDir">, log: Logger): Promise<ObjectStore> {
  if (!s3) return createDiskObjectStore({ folder: path.join(dataDir, "objects") });
  await checkS3(s3).catch((error: Error) => {
    throw unusable(error.message, error);
  });
  await keepPhotoExpiry(s3).catch((error: unknown) => {
    log.warn(
      { error: String(error) },
      "the bucket has no expiry rule for photos: only the platform's own sweep deletes them",
    );
  });
  return createS3ObjectStore(s3);
}
