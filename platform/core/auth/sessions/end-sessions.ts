import { AppError } from "../../errors.ts";
import type { AuthDeps, Client } from "../deps.ts";
import { noteAuthEvent } from "../note-auth-event.ts";

/** Ends one session of the account. Throws not_found, also for another account's. */
export async function endSession({ store, clock }: AuthDeps, userId: string, sessionId: string) {
  if (!(await store.sessions.revoke(userId, sessionId, clock.now()))) throw new AppError("not_found");
}

/** "Sign out everywhere": ends all sessions of the account, or all but one. */
export async function endAllSessions({ store, clock }: AuthDeps, userId: string, client: Client, exceptId?: string) {
  const now = clock.now();
  return store.transaction(async (tx) => {
    const ended = await tx.sessions.revokeAll(userId, now, exceptId);
    await noteAuthEvent(tx, { kind: "sessions_ended", userId, ip: client.ip, detail: { ended } }, now);
    return ended;
  });
}
