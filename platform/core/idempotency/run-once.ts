import { setTimeout as wait } from "node:timers/promises";
import { v7 as uuidv7 } from "uuid";
import type { KeyRing } from "../crypto/key-ring.ts";
import { AppError } from "../errors.ts";
import type { IdempotencyRecord } from "../model.ts";
import type { Clock, Repositories, Store } from "../ports.ts";

export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

interface OnceDeps {
  store: Store;
  clock: Clock;
  ring: KeyRing;
}

export interface OnceRequest {
  scope: string;
  key: string;
  inputHash: string;
}

/** What was done, and what is answered to it. */
interface Done {
  answer: StoredAnswer;
  jobId: string | null;
}

/**
 * Keeps the answer in the transaction that does what it tells of: a process that dies right after it leaves no record
 * in progress, whose repeat would do it twice. Throws idempotency_in_progress when another holds the key by now.
 */
export type Keep = (tx: Repositories, done: Done) => Promise<void>;
type Act = (keep: Keep) => Promise<Done>;

const keptMs = 24 * 3_600_000;
const takeOverMs = 60_000;
const waitMs = 10_000;
const pollMs = 50;

/**
 * Runs `act` once per (scope, key) and answers repeats with its first answer (spec rule 4). Only 2xx answers are kept,
 * by `act` itself in its transaction or else after it.
 * Throws idempotency_conflict for another input and idempotency_in_progress when the first still runs after 10 s.
 */
export async function runOnce(
  deps: OnceDeps,
  request: OnceRequest,
  act: Act,
): Promise<{ answer: StoredAnswer; replayed: boolean }> {
  const giveUpAt = Date.now() + waitMs;
  for (;;) {
    const turn = await take(deps, request);
    if (turn.kind === "replay") return { answer: turn.answer, replayed: true };
    if (turn.kind === "mine") return { answer: await perform(deps, request, turn.holder, act), replayed: false };
    if (Date.now() > giveUpAt) throw new AppError("idempotency_in_progress", { retryAfterS: 1 });
    await wait(pollMs);
  }
}

type Turn = { kind: "mine"; holder: string } | { kind: "replay"; answer: StoredAnswer } | { kind: "wait" };

async function take({ store, clock, ring }: OnceDeps, { scope, key, inputHash }: OnceRequest): Promise<Turn> {
  const now = clock.now();
  const mine: IdempotencyRecord = {
    scope,
    key,
    input_hash: inputHash,
    state: "in_progress",
    answer: null,
    job_id: null,
    holder: uuidv7(),
    started_at: now,
    expires_at: new Date(now.getTime() + keptMs),
  };
  const { won, record } = await store.idempotency.begin(mine);
  if (won) return { kind: "mine", holder: mine.holder };
  const isOver = record.expires_at <= now;
  const isStuck = record.state === "in_progress" && now.getTime() - record.started_at.getTime() >= takeOverMs;
  if (isOver || (isStuck && record.input_hash === inputHash)) {
    return (await store.idempotency.takeOver(record, mine)) ? { kind: "mine", holder: mine.holder } : { kind: "wait" };
  }
  if (record.input_hash !== inputHash) throw new AppError("idempotency_conflict");
  if (record.state === "in_progress" || record.answer === null) return { kind: "wait" };
  return { kind: "replay", answer: JSON.parse(ring.decrypt(record.answer)) };
}

async function perform({ store, clock, ring }: OnceDeps, { scope, key }: OnceRequest, holder: string, act: Act) {
  const complete = ({ idempotency }: Repositories, { answer, jobId }: Done) => {
    const expiresAt = new Date(clock.now().getTime() + keptMs);
    return idempotency.complete(scope, key, holder, ring.encrypt(JSON.stringify(answer)), jobId, expiresAt);
  };
  const keep: Keep = async (tx, done) => {
    if (!(await complete(tx, done))) throw new AppError("idempotency_in_progress", { retryAfterS: 1 });
  };
  // a record that could not be freed is taken over after a minute
  const release = () => store.idempotency.release(scope, key, holder).catch(() => {});
  const done = await act(keep).catch(async (error: unknown) => {
    await release();
    throw error;
  });
  const isKept = done.answer.status >= 200 && done.answer.status < 300;
  // What was done is done: an answer that could not be kept must not turn it into an error. One that is kept already stays.
  await (isKept ? complete(store, done).catch(() => false) : release());
  return done.answer;
}
