/** What core needs from outside. Adapters implement these; server/ puts them together. */
import type { AuthRepositories } from "./auth-ports.ts";
import type {
  ApiKey,
  AuthEvent,
  Bucket,
  CreditTransaction,
  CreditType,
  EngineCostDay,
  IdempotencyRecord,
  JobKeyMode,
  JobStage,
  JobStatus,
  KeyBudgetDay,
  MerchantSettings,
  OutboxMessage,
  Prompt,
  SealedField,
  SealedValue,
  TryOnJob,
  TryOnMode,
  User,
} from "./model.ts";

export interface Clock {
  now(): Date;
}

// ---------------------------------------------------------------------------------------------------------------- Store

export interface UserRepository {
  insert(user: User): Promise<void>;
  findById(id: string): Promise<User | null>;
  /**
   * Reads the user as the first statement of a transaction that decides by what the account has: others on the same
   * account then wait or run again, so what the transaction reads afterwards stays true until it ends.
   */
  findForUpdate(id: string): Promise<User | null>;
  findByEmail(emailNormalised: string): Promise<User | null>;
  findByGoogleSub(googleSub: string): Promise<User | null>;
  update(id: string, patch: Partial<Omit<User, "id" | "credits" | "daily_free_credits">>): Promise<void>;
  /** Takes `free` and `paid` when exactly that split is right: all free credits first. One conditional statement; null when it does not hold. */
  takeCredits(
    id: string,
    take: { free: number; paid: number; total: number },
    now: Date,
  ): Promise<{ free: number; paid: number } | null>;
  /** Adds to one bucket and tells its new balance; never lets the free bucket pass `cap` (then it adds less: `added`). */
  addCredits(
    id: string,
    bucket: Bucket,
    credits: number,
    now: Date,
    cap?: number,
  ): Promise<{ balance: number; added: number } | null>;
  /** Sets the free bucket to `allowance` when it was last renewed before `dayStart`; null when it already was. One conditional statement. */
  renewFreeCredits(
    id: string,
    allowance: number,
    dayStart: Date,
    now: Date,
  ): Promise<{ added: number; balance: number } | null>;
  /** Active, verified accounts whose free bucket was last renewed before `dayStart`, in id order after `afterId`. */
  listDueForRenewal(dayStart: Date, limit: number, afterId?: string): Promise<User[]>;
  countDemo(): Promise<number>;
}

export interface SettingsRepository {
  find(userId: string): Promise<MerchantSettings | null>;
  upsert(settings: MerchantSettings): Promise<void>;
}

export interface LedgerFilter {
  type?: CreditType;
  dateFrom?: Date;
  dateTo?: Date;
}

export interface CreditTransactionRepository {
  /** Inserts unless its unique key exists; false when it did. */
  insertOnce(row: CreditTransaction): Promise<boolean>;
  list(
    userId: string,
    filter: LedgerFilter,
    page: { limit: number; offset?: number; after?: RowCursor },
  ): Promise<CreditTransaction[]>;
  count(userId: string, filter: LedgerFilter, atMost: number): Promise<number>;
  /** Sum of the ledger per bucket. */
  sums(userId: string): Promise<Record<Bucket, number>>;
}

export interface ApiKeyRepository {
  insert(key: ApiKey): Promise<void>;
  findByHash(keyHash: string): Promise<ApiKey | null>;
  findById(userId: string, id: string): Promise<ApiKey | null>;
  listByUser(userId: string): Promise<ApiKey[]>;
  update(
    userId: string,
    id: string,
    patch: Partial<
      Pick<
        ApiKey,
        | "name"
        | "allowed_origins"
        | "garment_hosts"
        | "daily_budget"
        | "require_session"
        | "session_secret"
        | "is_active"
        | "expires_at"
      >
    >,
    now: Date,
  ): Promise<boolean>;
  /** Counts one use; cheap, may be batched by the caller. */
  recordUse(id: string, uses: number, at: Date): Promise<void>;
  /** Whether any active publishable key lists this origin literally or by its one-wildcard form. */
  anyActiveWithOrigin(candidates: string[]): Promise<boolean>;
}

export interface KeyBudgetRepository {
  find(apiKeyId: string, day: string): Promise<KeyBudgetDay | null>;
  /** Spends against the day's budget (made with `budget` at the day's first spend); null when it would be crossed. Atomic. */
  spend(
    apiKeyId: string,
    day: string,
    budget: number,
    credits: number,
  ): Promise<{ before: number; after: number; budget: number } | null>;
  giveBack(apiKeyId: string, day: string, credits: number): Promise<void>;
  /** What was spent on these days together. */
  spentOn(apiKeyId: string, days: string[]): Promise<number>;
}

export interface JobFilter {
  mode?: TryOnMode;
  status?: JobStatus;
  productId?: string;
  keyMode?: JobKeyMode;
  /** accepted at or after */
  from?: Date;
  /** accepted before */
  to?: Date;
}

/** Where a list goes on: strictly older than this row in (created_at desc, id desc). */
export interface RowCursor {
  createdAt: Date;
  id: string;
}
export type JobCursor = RowCursor;

/** Some jobs of one UTC day. */
export interface JobDay {
  /** YYYY-MM-DD */
  day: string;
  status: JobStatus;
  jobs: number;
  credits: number;
}

export type JobPatch = Partial<Omit<TryOnJob, "id" | "user_id" | "created_at" | "version" | "updated_at">>;

export interface TryOnJobRepository {
  insert(job: TryOnJob): Promise<void>;
  /** The owner is always in the filter (rule 5). */
  findOwned(userId: string, id: string): Promise<TryOnJob | null>;
  findById(id: string): Promise<TryOnJob | null>;
  /** Compare-and-set: applies the patch when the row is in one of `from` (and, if given, still leased by `holder`); raises version; null when not. */
  transition(id: string, from: JobStatus[], patch: JobPatch, now: Date, holder?: string): Promise<TryOnJob | null>;
  /** Patches whatever the status is; raises version. */
  patch(id: string, patch: JobPatch, now: Date): Promise<TryOnJob | null>;
  /** Queued, due jobs in fair order: accounts with fewest running jobs first, then the oldest; accounts at `runningPerAccount` are left out. */
  listClaimable(now: Date, limit: number, runningPerAccount: number): Promise<string[]>;
  /** queued → processing for one worker when still queued and due. One statement. */
  claim(id: string, holder: string, now: Date, leaseUntil: Date): Promise<TryOnJob | null>;
  /** Extends the lease when still held and processing; tells whether a cancel was asked for. Null = lost. */
  renewLease(id: string, holder: string, now: Date, leaseUntil: Date): Promise<TryOnJob | null>;
  /** Processing jobs whose lease has run out. */
  listExpiredLeases(now: Date, limit: number): Promise<TryOnJob[]>;
  /**
   * Processing → queued, one try on, when the lease has run out and no call that may be billed is out (`sent_at`).
   * One statement; null when that does not hold.
   */
  requeueExpired(id: string, now: Date): Promise<TryOnJob | null>;
  /** Queued since before `before`. */
  listStaleQueued(before: Date, limit: number): Promise<TryOnJob[]>;
  /** Jobs whose photo or result is due to go. */
  listExpiredImages(now: Date, limit: number): Promise<TryOnJob[]>;
  list(
    userId: string,
    filter: JobFilter,
    page: { limit: number; offset?: number; after?: JobCursor },
  ): Promise<TryOnJob[]>;
  /** Makes all pictures and personal data of an account due to go now; tells how many jobs that concerns. */
  expireAll(userId: string, now: Date): Promise<number>;
  /** At most `atMost`. */
  count(userId: string, filter: JobFilter, atMost: number): Promise<number>;
  /** Jobs of one key mode by the day of their acceptance and by status, from `from` on and before `to`; in no order. */
  countByDay(userId: string, keyMode: JobKeyMode, from: Date, to: Date): Promise<JobDay[]>;
  /** How long completed jobs took, the newest first. */
  listTimes(userId: string, keyMode: JobKeyMode, since: Date, limit: number): Promise<number[]>;
  /** Whether a job was ever asked for with one of these keys. */
  hasAnyOf(userId: string, apiKeyIds: string[]): Promise<boolean>;
  countActive(userId: string): Promise<{ queued: number; processing: number }>;
  /** Jobs of one key mode accepted since `since`: the daily limits. */
  countSince(userId: string, since: Date, keyMode: JobKeyMode): Promise<number>;
  totalCreditsUsed(userId: string): Promise<number>;
  countByStatus(): Promise<Record<"queued" | "processing", number>>;
  /** Whether any row refers to this object-store key. */
  refersToObject(objectKey: string): Promise<boolean>;
}

export interface IdempotencyRepository {
  /** Inserts unless (scope, key) exists; the record that stands is returned. One statement. */
  begin(record: IdempotencyRecord): Promise<{ won: boolean; record: IdempotencyRecord }>;
  find(scope: string, key: string): Promise<IdempotencyRecord | null>;
  /** Takes over a record in progress since before `startedBefore`, or an expired one, when it still is the one seen. */
  takeOver(seen: IdempotencyRecord, next: IdempotencyRecord): Promise<boolean>;
  /** Stores the answer when still held by `holder`. */
  complete(
    scope: string,
    key: string,
    holder: string,
    answer: string,
    jobId: string | null,
    expiresAt: Date,
  ): Promise<boolean>;
  /** Frees the key when still held by `holder` (an error frees it). */
  release(scope: string, key: string, holder: string): Promise<void>;
  deleteExpired(now: Date, limit: number): Promise<number>;
}

/** What an engine's calls cost per day, in micro-USD. */
export interface EngineCostRepository {
  /** Adds to the day unless that would pass `cap`; null when it would. One statement. */
  reserve(engine: string, day: string, cap: number, microUsd: number): Promise<{ spent: number } | null>;
  /** Puts what a call really cost in the place of what was reserved: adds the signed difference. */
  settle(engine: string, day: string, differenceMicroUsd: number): Promise<void>;
  /** Counts a call that the cap refused and tells how many there are today: the first one is told to the operator. */
  noteRefusal(engine: string, day: string): Promise<number>;
  find(engine: string, day: string): Promise<EngineCostDay | null>;
}

export interface PromptRepository {
  insert(prompt: Prompt): Promise<void>;
  /** Inserts unless this version of the type exists; false when it did. One statement. */
  insertOnce(prompt: Prompt): Promise<boolean>;
  findActive(type: Prompt["type"]): Promise<Prompt | null>;
}

export interface AuthEventRepository {
  insert(event: AuthEvent): Promise<void>;
  /** Inserts unless an event of this kind, key and detail.origin exists; true when it was new. */
  insertNewOrigin(event: AuthEvent): Promise<boolean>;
  /** Inserts unless an event with this subject exists; true when it was new. */
  insertOnce(event: AuthEvent, subject: string): Promise<boolean>;
  hasSubject(subject: string): Promise<boolean>;
  listByUser(userId: string, limit: number): Promise<AuthEvent[]>;
  deleteBefore(before: Date, limit: number): Promise<number>;
}

export interface OutboxRepository {
  insert(message: OutboxMessage): Promise<void>;
  /** Due ones, oldest first; of one channel when it is named. */
  listPending(now: Date, limit: number, channel?: OutboxMessage["channel"]): Promise<OutboxMessage[]>;
  /** Counts a try and puts the next one off, when it still is the message seen; false when somebody else has it. One statement. */
  claim(seen: OutboxMessage, nextAttemptAt: Date): Promise<boolean>;
  /** Ends it as sent or failed, or leaves it pending with the reason. */
  settle(id: string, outcome: Pick<OutboxMessage, "state" | "last_error" | "sent_at">): Promise<void>;
  /** Sent and failed ones of before. */
  deleteSettled(before: Date, limit: number): Promise<number>;
}

export interface LeaseRepository {
  /** Takes or extends the named lease; false while somebody else holds it. One statement. */
  acquire(name: string, holder: string, now: Date, until: Date): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}

/** All encrypted fields alike, for the rotation of the key ring. */
export interface SealedRepository {
  /** Values of this field that the key `kid` did not seal, in a stable order. */
  listNotUnder(field: SealedField, kid: string, page: { skip: number; limit: number }): Promise<SealedValue[]>;
  /** Puts `sealed` in the place of exactly this value; false when it has changed or gone meanwhile. */
  replace(field: SealedField, value: SealedValue, sealed: string): Promise<boolean>;
}

export interface Repositories extends AuthRepositories {
  users: UserRepository;
  settings: SettingsRepository;
  creditTransactions: CreditTransactionRepository;
  apiKeys: ApiKeyRepository;
  keyBudgets: KeyBudgetRepository;
  tryOnJobs: TryOnJobRepository;
  idempotency: IdempotencyRepository;
  engineCosts: EngineCostRepository;
  prompts: PromptRepository;
  authEvents: AuthEventRepository;
  outbox: OutboxRepository;
  leases: LeaseRepository;
  sealed: SealedRepository;
}

/**
 * The one big port. Every repository method is one atomic statement (or is made so by `transaction`). A row whose
 * unique key is taken is AppError("conflict"), and ends the transaction that it was written in.
 */
export interface Store extends Repositories {
  /** All or nothing. `fn` may be run again after a conflict, so it must have no effect outside the store. At most 10 s. */
  transaction<T>(fn: (tx: Repositories) => Promise<T>): Promise<T>;
  /** Throws AppError("store_unavailable") when the store cannot be read and written. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

// ------------------------------------------------------------------------------------------------------- other services

/** Bytes under names such as `photos/<user_id>/<job_id>/person.jpg`. Throws AppError("store_unavailable") when the storage fails. */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** null when there is no such object */
  get(key: string): Promise<{ bytes: Uint8Array; contentType: string } | null>;
  delete(key: string): Promise<void>;
  /** At most 1000 objects under a prefix, in the order of their names, after the last one of the page before. */
  list(prefix: string, after?: string): Promise<{ key: string; modifiedAt: Date }[]>;
  ping(): Promise<void>;
}

/** What a queue holds just now; `delayed` waits for its time, `active` is being run. */
export interface QueueDepth {
  waiting: number;
  delayed: number;
  active: number;
}

/** Tells workers that a job may be run; the Store stays the truth. */
export interface Queue {
  /**
   * Throws when the queue cannot be told: the job's row waits for the sweep. Told twice is told once.
   * `turn`, where the teller knows it: which of its account's jobs this is, counted from 1.
   */
  enqueue(jobId: string, runAfter: Date, turn?: number): Promise<void>;
  /** Runs `handler` for job ids, at most `concurrency` at once, until `stop`. */
  start(handler: (jobId: string) => Promise<void>, concurrency: number): void;
  /** Takes nothing new and waits for what runs, at most `graceMs`; false when something still ran. */
  stop(graceMs: number): Promise<boolean>;
  depth(): Promise<QueueDepth>;
}

/** "This job's row has changed": carries no data, the listener reads the row. */
export interface EventBus {
  publish(jobId: string): void;
  subscribe(jobId: string, listener: () => void): () => void;
  /** All listeners, or those of one job. */
  listenerCount(jobId?: string): number;
  /** Whether changes made by other processes are heard here just now; while not, who waits looks at the row each second. */
  hearsOthers(): boolean;
}

/** A limit over a fixed window. */
export interface RateLimit {
  name: string;
  points: number;
  windowS: number;
}

export interface RateLimitState {
  allowed: boolean;
  limit: number;
  remaining: number;
  resetS: number;
}

export interface RateLimiter {
  /** Counts `cost` against `key` under this limit. */
  consume(limit: RateLimit, key: string, cost?: number): Promise<RateLimitState>;
  /** Gives points back, for example when the request then failed. */
  refund(limit: RateLimit, key: string, cost?: number): Promise<void>;
}

export interface PreparedImage {
  bytes: Uint8Array;
  contentType: "image/jpeg" | "image/png";
  width: number;
  height: number;
  /** SHA-256 of `bytes`, hex */
  hash: string;
}

/** Image intake: magic bytes, decode in a worker under pixel and time limits, upright, shrunk, metadata gone. */
export interface ImagePreparer {
  /** Throws AppError: image_too_large, unsupported_image, image_unreadable, image_too_small. */
  prepare(bytes: Uint8Array, kind: "person" | "garment"): Promise<PreparedImage>;
}

/** A small picture of a result, light enough to stand in the page itself. */
export interface ResultShrinker {
  shrink(bytes: Uint8Array): Promise<{ bytes: Uint8Array; contentType: "image/webp" }>;
}

/** Fetches a public URL by rule 8. Throws AppError("image_url_unreachable") for anything refused or unreachable. */
export interface ImageFetcher {
  fetch(url: string): Promise<Uint8Array>;
}

/** A page as a server sent it, after redirects. */
export interface FetchedPage {
  url: string;
  status: number;
  isHtml: boolean;
  /** its Content-Security-Policy headers */
  policies: string[];
  html: string;
}

/** Fetches a public page by rule 8; null for anything refused or unreachable. */
export interface PageFetcher {
  fetch(url: string): Promise<FetchedPage | null>;
}

export type GarmentKind = "top" | "bottom";

/** The photo and garment checks, run in the worker pool. Throws AppError("engine_unavailable") when its queue is full. */
export interface ImageChecker {
  checkPerson(image: EngineImage, mode: TryOnMode): Promise<string[]>;
  checkGarment(image: EngineImage, kind: GarmentKind): Promise<string[]>;
  /** Drops what it remembers of a photo, by its hash: the photo has been deleted. */
  forgetPerson?(hash: string): void;
}

/** A prepared picture as an engine takes it. */
export type EngineImage = Pick<PreparedImage, "bytes" | "contentType" | "hash">;

export interface EngineInput {
  jobId: string;
  person: EngineImage;
  top: EngineImage | null;
  bottom: EngineImage | null;
  mode: TryOnMode;
  prompt: string;
  /** stands for the person who asks, for a provider's abuse checks: a hash, never an address or id of ours */
  safetyId: string;
}

/**
 * What an engine that pays per call tells of each call. The day's cost cap and the promise that one try is never two
 * paid calls hang on it: `begin` before the request leaves, `end` on any answer, none when no answer came.
 */
export interface PaidCalls {
  /** Throws AppError("engine_unavailable") when the day's cap is reached, and when the job is no longer ours. */
  begin(estimateMicroUsd: number): Promise<void>;
  end(costMicroUsd: number): Promise<void>;
}

export interface EngineHooks {
  signal: AbortSignal;
  onStage: (stage: JobStage, progress: number) => void;
  paidCalls: PaidCalls;
}

export interface EngineResult {
  bytes: Uint8Array;
  contentType: "image/jpeg" | "image/png" | "image/webp";
  confidence: number | null;
  warnings: string[];
  preview: boolean;
}

/** Makes the picture. Throws AppError with a code that a job may carry; codes that may pass are tried again, after `retryAfterS` if given, unless `isFinal`. */
export interface Engine {
  name: string;
  /** jobs at once per worker process */
  concurrency: number;
  timeoutMs: number;
  run(input: EngineInput, hooks: EngineHooks): Promise<EngineResult>;
  /** Asks the provider, where there is one, whether the configured models live on; raises alerts for those that do not. */
  checkModels?(): Promise<void>;
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** What an operator must hear of; each kind has a row in docs/operations.md. */
export type AlertKind =
  | "engine_cost_cap"
  | "engine_circuit_open"
  | "engine_request_refused"
  | "engine_model_gone"
  | "engine_model_ending";

/** Logs at error and counts, so that both a log and a metrics rule can page. */
export interface Alerts {
  raise(kind: AlertKind, fields: Record<string, unknown>): void;
}

export interface Logger {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}
