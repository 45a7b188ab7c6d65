import { AppError } from "../errors.ts";
import { readPages } from "../export/read-pages.ts";
import type { ApiKey, TryOnJob, User } from "../model.ts";
import type { Store } from "../ports.ts";

const mostEvents = 10_000;

const withoutSecrets = ({ password_hash, google_sub, ...rest }: User) => ({
  ...rest,
  has_password: password_hash !== null,
  is_google_linked: google_sub !== null,
});
const keyShape = ({ key_hash: _hash, session_secret: _secret, ...rest }: ApiKey) => rest;
const jobShape = (job: TryOnJob) => ({
  job_id: job.id,
  mode: job.mode,
  key_mode: job.key_mode,
  status: job.status,
  product_id: job.product_id,
  credits_used: job.credits_used,
  error_code: job.error_code,
  has_result: job.output_image !== null,
  created_at: job.created_at,
  completed_at: job.completed_at,
});

/** Everything that is kept about an account, as pieces of one JSON text: an account may have a million jobs. No secret is in it. */
export async function* exportAccount(store: Store, userId: string, now: Date): AsyncGenerator<string> {
  const user = await store.users.findById(userId);
  if (!user) throw new AppError("not_found");
  const sessions = await store.sessions.listLive(userId, now);
  const head = {
    exported_at: now,
    account: withoutSecrets(user),
    settings: await store.settings.find(userId),
    api_keys: (await store.apiKeys.listByUser(userId)).map(keyShape),
    sessions: sessions.map(({ token_hash: _hash, ...rest }) => rest),
    events: await store.authEvents.listByUser(userId, mostEvents),
  };
  yield JSON.stringify(head).slice(0, -1);
  yield* list("credit_transactions", ledgerPages(store, userId));
  yield* list("try_ons", jobPages(store, userId));
  yield "}";
}

async function* list(name: string, pages: AsyncGenerator<unknown[]>) {
  yield `,${JSON.stringify(name)}:[`;
  let isFirst = true;
  for await (const rows of pages) {
    for (const row of rows) {
      yield `${isFirst ? "" : ","}${JSON.stringify(row)}`;
      isFirst = false;
    }
  }
  yield "]";
}

const ledgerPages = (store: Store, userId: string) =>
  readPages((page) => store.creditTransactions.list(userId, {}, page));

async function* jobPages(store: Store, userId: string) {
  for await (const rows of readPages((page) => store.tryOnJobs.list(userId, {}, page))) yield rows.map(jobShape);
}
