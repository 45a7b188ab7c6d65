import { ipBucket } from "../../core/access/ip-bucket.ts";
import type { Caller } from "../../core/caller.ts";
import { AppError } from "../../core/errors.ts";
import { isSiteUser } from "../../core/site/site-account.ts";
import type { CheckInput, ImageInput } from "../../core/tryon/service-types.ts";
import type { ApiServices } from "../services.ts";

/** Whether this is one of the sample people, byte for byte. */
export const isSamplePerson = (site: ApiServices["site"], person: ImageInput) =>
  "bytes" in person && (site?.pictures.isSamplePerson(person.bytes) ?? false);

/** A visitor of the landing page is told before a photo is looked at that it would be one too many. Counts nothing; throws daily_generation_limit. */
export async function assertOwnPhotoLeft({ limiter, limits, site }: ApiServices, caller: Caller, input: CheckInput) {
  if (!isSiteUser(caller.user.id) || !("person" in input) || isSamplePerson(site, input.person)) return;
  const looks = [
    limiter.consume(limits.siteOwnPhotos, ipBucket(caller.ip), 0),
    limiter.consume(limits.siteOwnPhotosInAll, "all", 0),
  ];
  for (const state of await Promise.all(looks)) {
    if (state.remaining < 1) throw new AppError("daily_generation_limit", { retryAfterS: state.resetS });
  }
}
