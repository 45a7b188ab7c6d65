import type { ApiKey } from "../model.ts";

/** Under which key its spending is booked: a regenerated key and its predecessors have one budget. */
export const budgetKeyId = ({ id, budget_key_id }: Pick<ApiKey, "id" | "budget_key_id">) => budget_key_id ?? id;
