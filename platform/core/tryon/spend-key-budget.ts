import { budgetKeyId } from "../api-keys/budget-key-id.ts";
import type { Caller } from "../caller.ts";
import { dayName, daysOfMonth } from "../credits/day.ts";
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

/** Whether a key's day and month would still pay for this. */
export async function hasBudgetLeft(
  { keyBudgets }: Repositories,
  { key, merchant, price, now }: { key: ApiKey; merchant: MerchantSettings | null; price: number; now: Date },
) {
  const day = await keyBudgets.find(budgetKeyId(key), dayName(now));
  if (day && day.spent + price > day.budget) return false;
  const monthly = merchant?.monthly_key_budget ?? null;
  return monthly === null || (await keyBudgets.spentOn(budgetKeyId(key), daysOfMonth(now))) + price <= monthly;
}

/** Throws budget_reached when the key's day or month is used up already: before any work is done for it. */
export async function assertBudgetLeft(
  { store, clock }: TryOnDeps,
  { kind, apiKey }: Caller,
  price: number,
  merchant: MerchantSettings | null,
) {
  if (kind !== "publishable" || !apiKey || price === 0) return;
  const isLeft = await hasBudgetLeft(store, { key: apiKey, merchant, price, now: clock.now() });
  if (!isLeft) throw new AppError("budget_reached");
}

interface KeySpend {
  key: ApiKey;
  user: User;
  merchant: MerchantSettings | null;
  price: number;
  settings: TryOnSettings;
  now: Date;
}

/** Books a shopper's job against its key's budgets; tells the merchant by mail when one is used up. Throws budget_reached. */
export async function spendKeyBudget(tx: Repositories, spend: KeySpend) {
  const { key, user, merchant, price, settings, now } = spend;
  const day = dayName(now);
  const spent = await tx.keyBudgets.spend(budgetKeyId(key), day, budgetOf(key, merchant, user, settings), price);
  if (!spent) throw new AppError("budget_reached");
  if (crossesBudget(spent.before, spent.after, spent.budget, 1)) {
    await tell(tx, spend, "key_budget_reached", { day, budget: spent.budget });
  }
  await spendMonth(tx, spend);
}

/** The month is the sum of its days, so that a budget that was raised counts at once. The caller holds the account's row: no other spend comes between. */
async function spendMonth(tx: Repositories, spend: KeySpend) {
  const { key, merchant, price, now } = spend;
  const budget = merchant?.monthly_key_budget ?? null;
  if (budget === null) return;
  const after = await tx.keyBudgets.spentOn(budgetKeyId(key), daysOfMonth(now));
  if (after > budget) throw new AppError("budget_reached");
  if (crossesBudget(after - price, after, budget, 1)) {
    await tell(tx, spend, "key_month_reached", { month: dayName(now).slice(0, 7), budget });
  }
}

type Reached = "key_budget_reached" | "key_month_reached";

const tell = (tx: Repositories, { key, user, now }: KeySpend, type: Reached, payload: Record<string, unknown>) =>
  tx.outbox.insert(
    newOutboxRow({ user_id: user.id, channel: "mail", type, payload: { key_name: key.name, ...payload } }, now),
  );
