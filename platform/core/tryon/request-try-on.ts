import { randomBytes } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import type { Caller } from "../caller.ts";
import { getBalance } from "../credits/get-balance.ts";
import { spendCredits } from "../credits/spend-credits.ts";
import { hashSecret } from "../crypto/hash-secret.ts";
import type { ErrorCode } from "../errors.ts";
import { AppError, isErrorCode } from "../errors.ts";
import type { MerchantSettings, TryOnJob } from "../model.ts";
import type { PreparedImage } from "../ports.ts";
import { assertCanPay, assertMayCreate, assertWithinLimits } from "./assert-may-create.ts";
import type { CountCheck, Verdicts } from "./create-verdicts.ts";
import type { TryOnDeps } from "./deps.ts";
import { engineFor } from "./engine-for.ts";
import { loadImage } from "./load-image.ts";
import { newJobRow } from "./new-job-row.ts";
import { objectKeyOf } from "./object-key.ts";
import { priceOf } from "./price-of.ts";
import type { AcceptedTryOn, RequestTryOnInput, WhenAccepted } from "./service-types.ts";
import { assertBudgetLeft, spendKeyBudget } from "./spend-key-budget.ts";
import { throwForced } from "./test-mode.ts";

const extensions = { "image/jpeg": "jpg", "image/png": "png" } as const;

export interface LoadedImages {
  person: PreparedImage;
  top: PreparedImage | null;
  bottom: PreparedImage | null;
}

/** `top` needs the top alone; `full` needs the bottom and may carry the top (spec §2). */
function assertFits({ mode, top, bottom }: RequestTryOnInput) {
  if (mode === "top" ? top && !bottom : bottom) return;
  throw new AppError("invalid_request", { details: { mode: "top takes top_image alone; full takes bottom_image" } });
}

function throwFirstProblem(codes: string[]) {
  const code = codes.find(isErrorCode) as ErrorCode | undefined;
  if (code) throw new AppError(code);
}

/** Accepts a try-on: checks it, takes its credits and writes its job in one transaction, and queues it. An error means that nothing was taken. */
export async function requestTryOn(
  deps: TryOnDeps,
  verdicts: Verdicts,
  caller: Caller,
  input: RequestTryOnInput,
  countCheck: CountCheck,
  whenAccepted?: WhenAccepted,
): Promise<AcceptedTryOn> {
  const { store, clock, settings, allowance } = deps;
  assertFits(input);
  if (caller.previewOf !== undefined && caller.previewOf !== input.productId) throw new AppError("forbidden");
  const merchant = await store.settings.find(caller.user.id);
  await assertMayCreate(deps, caller, input.mode, merchant);
  if (caller.keyMode === "test") throwForced(input.productId);
  const price = priceOf(settings, caller, input.mode);
  const { credits, daily_free_credits } = await getBalance(store, caller.user.id, allowance, clock.now());
  assertCanPay(credits, daily_free_credits, price);
  await assertBudgetLeft(deps, caller, price, merchant);
  const images = await loadImages(deps, caller, input, merchant);
  // test mode looks at no picture: what it refuses is asked for by product id
  if (caller.keyMode !== "test") await checkPictures(verdicts, caller, input, images, countCheck);
  return accept(deps, caller, input, images, { merchant, price, whenAccepted });
}

async function checkPictures(
  verdicts: Verdicts,
  { user }: Caller,
  { mode }: RequestTryOnInput,
  images: LoadedImages,
  countCheck: CountCheck,
) {
  for (const kind of ["top", "bottom"] as const) {
    const image = images[kind];
    if (image) throwFirstProblem(verdicts.knownGarment(user.id, image, kind) ?? []);
  }
  throwFirstProblem(await verdicts.person(user.id, images.person, mode, countCheck));
}

async function loadImages(
  deps: TryOnDeps,
  caller: Caller,
  { person, top, bottom }: RequestTryOnInput,
  merchant: MerchantSettings | null,
): Promise<LoadedImages> {
  const garment = (input: typeof top) => (input ? loadImage(deps, caller, input, "garment", merchant) : null);
  const [loadedPerson, loadedTop, loadedBottom] = await Promise.all([
    loadImage(deps, caller, person, "person", merchant),
    garment(top),
    garment(bottom),
  ]);
  return { person: loadedPerson, top: loadedTop, bottom: loadedBottom };
}

interface Terms {
  merchant: MerchantSettings | null;
  price: number;
  whenAccepted?: WhenAccepted;
}

async function accept(
  deps: TryOnDeps,
  caller: Caller,
  input: RequestTryOnInput,
  images: LoadedImages,
  { merchant, price, whenAccepted }: Terms,
): Promise<AcceptedTryOn> {
  const { store, objects, queue, clock, settings, allowance } = deps;
  const jobId = uuidv7();
  const jobToken = caller.kind === "publishable" ? randomBytes(32).toString("base64url") : null;
  const keys = await storeImages(deps, { id: jobId, user_id: caller.user.id }, images);
  try {
    const job = await store.transaction(async (tx) => {
      const now = clock.now();
      const user = await tx.users.findForUpdate(caller.user.id);
      if (!user) throw new AppError("unauthenticated");
      await assertWithinLimits(tx, { user, keyMode: caller.keyMode, settings, now });
      if (caller.kind === "publishable" && caller.apiKey && price > 0) {
        await spendKeyBudget(tx, { key: caller.apiKey, user, merchant, price, settings, now });
      }
      const split =
        price > 0 ? await spendCredits(tx, { user, jobId, credits: price, allowance, now }) : { free: 0, paid: 0 };
      const tokenHash = jobToken && hashSecret(jobToken);
      const engine = engineFor(deps, { user_id: caller.user.id, key_mode: caller.keyMode }).name;
      const row = newJobRow({ jobId, caller, input, images, keys, split, tokenHash, engine, now });
      await tx.tryOnJobs.insert(row);
      await whenAccepted?.(tx, { job: row, jobToken });
      return row;
    });
    await queue.enqueue(job.id, job.run_after).catch((error: unknown) => {
      // the row is the truth: a sweep finds it within seconds
      deps.log.warn({ job_id: job.id, error: String(error) }, "could not enqueue");
    });
    return { job, jobToken };
  } catch (error) {
    await Promise.allSettled(Object.values(keys).map((key) => key && objects.delete(key)));
    throw error;
  }
}

export type ImageKeys = Pick<TryOnJob, "person_image" | "top_image" | "bottom_image">;

async function storeImages(
  { objects }: TryOnDeps,
  job: { id: string; user_id: string },
  images: LoadedImages,
): Promise<ImageKeys> {
  const keyOf = (name: keyof LoadedImages) => {
    const image = images[name];
    return image && objectKeyOf(job, `${name}.${extensions[image.contentType]}`);
  };
  const keys: ImageKeys = { person_image: keyOf("person"), top_image: keyOf("top"), bottom_image: keyOf("bottom") };
  const put = (key: string | null, image: PreparedImage | null) =>
    key && image ? objects.put(key, image.bytes, image.contentType) : undefined;
  try {
    await Promise.all([
      put(keys.person_image, images.person),
      put(keys.top_image, images.top),
      put(keys.bottom_image, images.bottom),
    ]);
  } catch (error) {
    await Promise.allSettled(Object.values(keys).map((key) => key && objects.delete(key)));
    throw error;
  }
  return keys;
}
