import type { Clock, Store } from "../ports.ts";

const dayMs = 86_400_000;
const pageSize = 1_000;

/** Scheduler: rows of signing in whose time is over (spec §7): tokens 30 days past their end, events after 180 days, settled messages after 30. */
export async function deleteOldRows({ store, clock }: { store: Store; clock: Clock }) {
  const ago = (days: number) => new Date(clock.now().getTime() - days * dayMs);
  return {
    sessions: await store.sessions.deleteExpired(ago(30), pageSize),
    refreshTokens: await store.refreshTokens.deleteExpired(ago(30), pageSize),
    emailTokens: await store.emailTokens.deleteExpired(ago(30), pageSize),
    oauthStates: await store.oauthStates.deleteExpired(ago(0), pageSize),
    throttles: await store.loginThrottles.deleteExpired(ago(0), pageSize),
    events: await store.authEvents.deleteBefore(ago(180), pageSize),
    messages: await store.outbox.deleteSettled(ago(30), pageSize),
  };
}
