import { AppError } from "../errors.ts";
import type { User } from "../model.ts";
import type { Clock, Store } from "../ports.ts";
import { isGstin } from "./gstin.ts";

export type ProfilePatch = Partial<
  Pick<User, "first_name" | "last_name" | "company" | "gstin" | "address" | "state_code">
>;

/** Changes name and billing details. Throws invalid_request when GSTIN and state do not fit. */
export async function updateProfile({ store, clock }: { store: Store; clock: Clock }, user: User, patch: ProfilePatch) {
  const next = { ...user, ...patch };
  if (next.gstin && !isGstin(next.gstin)) throw new AppError("invalid_request", { details: { gstin: "not a GSTIN" } });
  if (next.gstin && next.state_code && !next.gstin.startsWith(next.state_code)) {
    throw new AppError("invalid_request", { details: { state_code: "a GSTIN begins with its state's code" } });
  }
  const updated_at = clock.now();
  await store.users.update(user.id, { ...patch, updated_at });
  return { ...next, updated_at };
}
