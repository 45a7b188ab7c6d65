import { isKeyAlive } from "../api-keys/create-key-service.ts";
import type { User } from "../model.ts";
import type { Store } from "../ports.ts";

/** What a new merchant does, in this order. */
const stepIds = ["verify_email", "make_key", "name_shop", "first_try_on"] as const;
type StepId = (typeof stepIds)[number];

export interface OnboardingStep {
  id: StepId;
  isDone: boolean;
}

/** The way from a new account to a working button, ticked by what the store knows and by nothing that anybody said. */
export async function listSteps(store: Store, user: User, now: Date): Promise<OnboardingStep[]> {
  const keys = (await store.apiKeys.listByUser(user.id)).filter(({ kind }) => kind === "publishable");
  // a key that was replaced has still made its try-ons
  const hasTryOn =
    keys.length > 0 &&
    (await store.tryOnJobs.hasAnyOf(
      user.id,
      keys.map(({ id }) => id),
    ));
  const alive = keys.filter((key) => isKeyAlive(key, now));
  const done: Record<StepId, boolean> = {
    verify_email: user.is_email_verified,
    make_key: alive.length > 0,
    name_shop: alive.some((key) => key.allowed_origins.length > 0),
    first_try_on: hasTryOn,
  };
  return stepIds.map((id) => ({ id, isDone: done[id] }));
}
