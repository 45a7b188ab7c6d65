import { device } from "./session.ts";

/** The photo used before: kept on this device only, when the shopper wishes so, for 30 days. */
const keptKey = "trailroom-photo-kept";
const maxAgeMs = 30 * 86_400_000;

// the database is opened for those alone who keep a photo
const photos = () => import("./photo-database.ts");

/** Whether there is a photo from before; one that is too old is deleted. */
export function hasPhoto(): boolean {
  const at = device.read<number>(keptKey);
  if (at === null) return false;
  if (Date.now() - at < maxAgeMs) return true;
  void forgetPhoto().catch(() => {});
  return false;
}

export async function keepPhoto(photo: Blob) {
  await (await photos()).writePhoto(photo);
  device.write(keptKey, Date.now());
}

export async function forgetPhoto() {
  if (device.read(keptKey) === null) return;
  device.write(keptKey, null);
  await (await photos()).writePhoto(null);
}

export const lastPhoto = async () => (hasPhoto() ? (await photos()).readPhoto() : null);
