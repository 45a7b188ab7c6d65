import { createHash } from "node:crypto";
import type { NamedLimits } from "../../access/limits.ts";
import type { Caller } from "../../caller.ts";
import type { KeyRing } from "../../crypto/key-ring.ts";
import type { ResultUrls } from "../../crypto/sign-result-url.ts";
import { AppError } from "../../errors.ts";
import { writeHistoryCsv } from "../../export/write-history-csv.ts";
import { runOnce } from "../../idempotency/run-once.ts";
import type { JobKeyMode, TryOnJob, User } from "../../model.ts";
import type { JobFilter, RateLimiter, ResultShrinker } from "../../ports.ts";
import type { TryOnService } from "../create-try-on-service.ts";
import type { TryOnDeps } from "../deps.ts";
import type { HistoryQuery } from "../list-history.ts";
import type { CheckInput, RequestTryOnInput } from "../service-types.ts";
import { retryInput } from "./retry-input.ts";
import type { PictureKind, SeenJob } from "./see-job.ts";
import { faultOf, seeJob } from "./see-job.ts";
import { sourceOf } from "./source-of.ts";

interface OwnTryOnDeps extends Pick<TryOnDeps, "store" | "objects" | "clock"> {
  tryOns: TryOnService;
  limiter: RateLimiter;
  limits: NamedLimits;
  ring: KeyRing;
  resultUrls: ResultUrls;
  shrinker: ResultShrinker;
}

/** The signed-in merchant at work. */
export interface Merchant {
  user: User;
  ip: string;
}

const callerOf = ({ user, ip }: Merchant, keyMode: JobKeyMode): Caller => ({
  kind: "session",
  user,
  apiKey: null,
  keyMode,
  ip,
  origin: null,
});

const hashOf = (input: RequestTryOnInput) => {
  const picture = (value: RequestTryOnInput["top"]) =>
    value && ("url" in value ? value.url : createHash("sha256").update(value.bytes).digest("hex"));
  const { person, top, bottom, ...rest } = input;
  const canonical = JSON.stringify([picture(person), picture(top), picture(bottom), rest]);
  return createHash("sha256").update(canonical).digest("hex");
};

/** What the merchant does with their own jobs: to look, to delete. */
function createReads({ store, objects, clock, tryOns, resultUrls, shrinker }: OwnTryOnDeps) {
  const find = async (userId: string, jobId: string) => {
    const job = await store.tryOnJobs.findOwned(userId, jobId);
    if (!job) throw new AppError("not_found");
    return job;
  };
  const see = async (userId: string, jobId: string) => {
    const job = await find(userId, jobId);
    const [keys, settings] = await Promise.all([store.apiKeys.listByUser(userId), store.settings.find(userId)]);
    return seeJob(job, sourceOf(job, keys), settings);
  };
  return {
    find,
    /** Throws not_found, also for another account's. */
    see,
    list: async ({ user, ip }: Merchant, keyMode: JobKeyMode, query: HistoryQuery) => {
      const [{ jobs, ...page }, keys] = await Promise.all([
        tryOns.list(callerOf({ user, ip }, keyMode), query),
        store.apiKeys.listByUser(user.id),
      ]);
      return { ...page, jobs: jobs.map((job) => ({ job, source: sourceOf(job, keys), fault: faultOf(job) })) };
    },
    csv: (userId: string, filter: JobFilter) => writeHistoryCsv(store, userId, filter),
    /** A picture that the merchant may look at. Throws not_found for one that is not kept or not theirs to see. */
    picture: async (userId: string, jobId: string, kind: PictureKind) => {
      const { job, pictures } = await see(userId, jobId);
      const key = { person: job.person_image, top: job.top_image, bottom: job.bottom_image, output: job.output_image }[
        kind
      ];
      const object = pictures.includes(kind) && key ? await objects.get(key) : null;
      if (!object) throw new AppError("not_found");
      return object;
    },
    /** The signed address of a result that the merchant may look at. Throws not_found. */
    resultUrl: async (userId: string, jobId: string) => {
      const { job, pictures } = await see(userId, jobId);
      if (!pictures.includes("output") || !job.output_image) throw new AppError("not_found");
      return resultUrls.make(job.id, job.output_image, clock.now());
    },
    /** A result that the merchant may look at, small; null where there is none, or none that can be read. */
    smallResult: async ({ job, pictures }: SeenJob) => {
      if (!pictures.includes("output") || !job.output_image) return null;
      const object = await objects.get(job.output_image).catch(() => null);
      return object && shrinker.shrink(object.bytes).catch(() => null);
    },
    etaMs: (job: TryOnJob) => tryOns.etaMs(job),
    /** Each state of the job until it has ended. Throws not_found. */
    watch: async (userId: string, jobId: string, signal: AbortSignal) => {
      await find(userId, jobId);
      return tryOns.watch(jobId, signal);
    },
    cancel: async (userId: string, jobId: string) => tryOns.cancel(await find(userId, jobId)),
    remove: async (userId: string, jobId: string) => tryOns.remove(await find(userId, jobId)),
  };
}

/** What a signed-in merchant does with try-on jobs on the pages of the dashboard. */
export function createOwnTryOns(deps: OwnTryOnDeps) {
  const { store, objects, tryOns, limiter, limits } = deps;
  const reads = createReads(deps);
  const countCheck = (user: User) => async () => {
    const state = await limiter.consume(limits.checkByKey, user.id);
    if (!state.allowed) throw new AppError("rate_limited", { retryAfterS: state.resetS });
  };
  /** The same form sent twice makes one job. */
  const startOnce = async (merchant: Merchant, keyMode: JobKeyMode, input: RequestTryOnInput, formId: string) => {
    const { user } = merchant;
    const request = { scope: `${user.id}:pages:tryon`, key: formId, inputHash: hashOf(input) };
    const doneWith = (jobId: string) => ({ answer: { status: 202, headers: {}, body: jobId }, jobId });
    const { answer } = await runOnce(deps, request, async (keep) => {
      const caller = callerOf(merchant, keyMode);
      const { job } = await tryOns.request(caller, input, countCheck(user), (tx, accepted) =>
        keep(tx, doneWith(accepted.job.id)),
      );
      return doneWith(job.id);
    });
    return answer.body;
  };
  return {
    ...reads,
    prices: tryOns.settings.credits,
    /** Tells the id of the job. Throws whatever stands against it: nothing was taken then. */
    start: (merchant: Merchant, input: RequestTryOnInput, formId: string) => startOnce(merchant, "live", input, formId),
    check: (merchant: Merchant, input: CheckInput) =>
      tryOns.check(callerOf(merchant, "live"), input, countCheck(merchant.user)),
    /** Asks for a job again, as a new one that is charged as new. Throws what retryInput and start throw. */
    retry: async (merchant: Merchant, jobId: string, formId: string) => {
      const { user } = merchant;
      const job = await reads.find(user.id, jobId);
      const source = sourceOf(job, await store.apiKeys.listByUser(user.id));
      const input = await retryInput(objects, job, source);
      return startOnce(merchant, job.key_mode, input, formId);
    },
  };
}

export type OwnTryOns = ReturnType<typeof createOwnTryOns>;
