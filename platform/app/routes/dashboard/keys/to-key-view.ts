import { isKeyAlive } from "../../../../core/api-keys/create-key-service.ts";
import type { ApiKey, KeyBudgetDay } from "../../../../core/model.ts";
import { formatAgo } from "../../../format/format-ago.ts";
import { formatCount } from "../../../format/format-count.ts";
import { keys as words } from "../../../messages/en/keys.ts";

function stateOf(key: ApiKey, now: Date) {
  if (!isKeyAlive(key, now)) return { state: "ended" as const, stateText: words.states.ended };
  if (key.expires_at)
    return { state: "ending" as const, stateText: words.states.ending(formatAgo(key.expires_at, now)) };
  return { state: "alive" as const, stateText: words.states.alive };
}

const budgetOf = (key: ApiKey) =>
  key.daily_budget === null ? words.facts.budgetShare : words.facts.budgetOwn(formatCount(key.daily_budget));

/** What the page shows of a key; never its hash. */
export function toKeyView(key: ApiKey, today: KeyBudgetDay | null, now: Date) {
  const isPublishable = key.kind === "publishable";
  return {
    id: key.id,
    name: key.name,
    kind: key.kind,
    mode: key.mode,
    ...stateOf(key, now),
    value: key.public_value ?? `${key.key_prefix}…`,
    isWhole: key.public_value !== null,
    origins: key.allowed_origins,
    hosts: key.garment_hosts,
    budget: isPublishable && key.mode === "live" ? budgetOf(key) : null,
    dailyBudget: key.daily_budget,
    needsSession: key.require_session,
    spent: today && words.facts.spent(formatCount(today.spent), formatCount(today.budget)),
    created: formatAgo(key.created_at, now),
    lastUsed: key.last_used ? formatAgo(key.last_used, now) : words.facts.never,
    uses: formatCount(key.usage_count),
  };
}

export type KeyView = ReturnType<typeof toKeyView>;
