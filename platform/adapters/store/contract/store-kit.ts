import type { TryOnJob, User } from "../../../core/model.ts";
import type { Store } from "../../../core/ports.ts";
import { jobRow, testTime, userRow } from "../../../testing/rows.ts";

export type MakeStore = () => Promise<{ store: Store; remove: () => Promise<void> }>;

export const later = (ms: number) => new Date(testTime.getTime() + ms);
export const fifty = Array.from({ length: 50 }, (_, index) => index);

/** What each part of the contract suite works with. */
export interface StoreKit {
  /** the store under test, there from the first test on */
  readonly store: Store;
  /** another one of the same kind */
  make: MakeStore;
  newUser(over?: Partial<User>): Promise<User>;
  newJob(userId: string, over?: Partial<TryOnJob>): Promise<TryOnJob>;
}

export const createStoreKit = (current: () => Store, make: MakeStore): StoreKit => ({
  get store() {
    return current();
  },
  make,
  newUser: async (over = {}) => {
    const user = userRow(over);
    await current().users.insert(user);
    return user;
  },
  newJob: async (userId, over = {}) => {
    const job = jobRow(userId, over);
    await current().tryOnJobs.insert(job);
    return job;
  },
});
