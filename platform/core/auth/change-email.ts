import type { Session } from "../auth-model.ts";
import { queueMail } from "../mail/queue-mail.ts";
import type { User } from "../model.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { proveOwner } from "./prove-owner.ts";

/** Asks for another address: a link goes to the new one, and the old one is told. The answer never tells whether the new one is taken. */
export async function changeEmail(
  deps: AuthDeps,
  { user, session }: { user: User; session: Session },
  { email, password }: { email: string; password: string | undefined },
  client: Client,
) {
  await proveOwner(deps, { user, session, password }, client);
  const now = deps.clock.now();
  await deps.store.transaction(async (tx) => {
    await tx.emailTokens.voidAll(user.id, ["change_email"], now);
    await queueMail(tx, { userId: user.id, type: "verify_new_address", payload: { to: email } }, now);
    await queueMail(tx, { userId: user.id, type: "address_change_requested", payload: { to: user.email } }, now);
  });
}
