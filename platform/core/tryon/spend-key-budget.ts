import type { Caller } from "../caller.ts";
import { dayName } from "../credits/day.ts";
import { AppError } from "../errors.ts";
import type { ApiKey, MerchantSettings, User } from "../model.ts";
import { newOutboxRow } from "../outbox/new-outbox-row.ts";
import type { Repositories } from "../ports.ts";
import type { TryOnDeps } from "./deps.ts";
import type { TryOnSettings } from "./settings.ts";

/** Whether this spend is the one that uses the budget up: pure, so that the mail goes out once. */
export const crossesBudget = (before: number, after: number, budget: number, price: number) =>
  before + price <= budget && after + price > budget;

/** A key's credits for a day: its own setting, the merchant's, or a share of the balance as it stands now. */
export function budgetOf(key: ApiKey, merchant: MerchantSettings | null, user: User, { keyBudget }: TryOnSettings) {
  const set = key.daily_budget ?? merchant?.daily_key_budget;
  if (set !== null && set !== undefined) return set;
  const share = Math.floor((user.credits + user.daily_free_credits) * keyBudget.shareOfBalance);
  return Math.min(keyBudget.most, Math.max(keyBudget.least, share));
}

/** Throws budget_reached when the key's day is used up already: before any work is done for it. */
export async function assertBudgetLeft({ store, clock }: TryOnDeps, { kind, apiKey }: Caller, price: number) {
  if (kind !== "publishable" || !apiKey || price === 0) return;
  const day = await store.keyBudgets.find(apiKey.id, dayName(clock.now()));
  if (day && day.spent + price > day.budget) throw new AppError("budget_reached");
}

interface KeySpend {
  key: ApiKey;
  user: User;
  merchant: MerchantSettings | null;
  price: number;
  settings: TryOnSettings;
  now: Date;
}

/** Books a shopper's job against its key's budget of the day; tells the merchant by mail when it is used up. Throws budget_reached. */
export async function spendKeyBudget(tx: Repositories, { key, user, merchant, price, settings, now }: KeySpend) {
  const day = dayName(now);
  const spent = await tx.keyBudgets.spend(key.id, day, budgetOf(key, merchant, user, settings), price);
  if (!spent) throw new AppError("budget_reached");
  if (!crossesBudget(spent.before, spent.after, spent.budget, 1)) return;
  const payload = { key_name: key.name, day, budget: spent.budget };
  await tx.outbox.insert(newOutboxRow({ user_id: user.id, channel: "mail", type: "key_budget_reached", payload }, now));
}
