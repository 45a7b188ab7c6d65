import { v7 as uuidv7 } from "uuid";
import type { Store } from "../ports.ts";
import { seededPrompts } from "./seeded-prompts.ts";

/** Writes version 1 of each prompt into an empty table, active. Safe to run in any number of processes at once, at every start. */
export async function seedPrompts({ prompts }: Pick<Store, "prompts">, now: Date): Promise<void> {
  for (const prompt of seededPrompts) {
    await prompts.insertOnce({
      ...prompt,
      id: uuidv7(),
      version: 1,
      is_active: true,
      created_by: "system",
      notes: "The version that TrailRoom comes with.",
      activated_at: now,
      created_at: now,
    });
  }
}
