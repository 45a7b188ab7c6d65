import { AppError } from "../../errors.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import type { User } from "../../model.ts";
import type { AuthDeps, Client } from "../deps.ts";
import { noteAuthEvent } from "../note-auth-event.ts";
import { checkSecondFactor } from "./check-second-factor.ts";
import { replaceRecoveryCodes } from "./recovery-codes.ts";

/** Switches the second factor off against a code of it. Throws forbidden for admins, for whom it is a must. */
export async function disableMfa(deps: AuthDeps, user: User, code: string, client: Client) {
  const { store, clock } = deps;
  if (user.role === "admin") throw new AppError("forbidden");
  await checkSecondFactor(deps, user, code, client);
  const now = clock.now();
  await store.transaction(async (tx) => {
    await tx.mfa.remove(user.id);
    await tx.mfa.deleteCodes(user.id);
    await noteAuthEvent(tx, { kind: "mfa_disabled", userId: user.id, ip: client.ip }, now);
    await queueMail(tx, { userId: user.id, type: "mfa_disabled", payload: {} }, now);
  });
}

/** New recovery codes in the place of the old ones, against a code of the second factor. */
export async function renewRecoveryCodes(deps: AuthDeps, user: User, code: string, client: Client) {
  await checkSecondFactor(deps, user, code, client);
  return deps.store.transaction((tx) => replaceRecoveryCodes(tx, user.id, deps.clock.now()));
}
