import type OpenAI from "openai";
import type { Alerts, Clock, Logger } from "../../../core/ports.ts";
import type { OpenAiModel } from "./openai-model.ts";

const noticeDays = 45;
const dayMs = 86_400_000;
const checkMs = 30_000;

interface Checks {
  client: OpenAI;
  models: OpenAiModel[];
  clock: Clock;
  alerts: Alerts;
  log: Logger;
}

/** Reads the vendor's list of models and tells of configured ones that are gone or will soon be. Throws when the list cannot be read. */
export async function checkModels({ client, models, clock, alerts, log }: Checks): Promise<void> {
  const listed = new Map<string, string | null>();
  for await (const model of client.models.list({ timeout: checkMs, maxRetries: 2 })) {
    listed.set(model.id, model.shutdown_date ?? null);
  }
  const now = clock.now().getTime();
  for (const { id, end_of_life } of models) {
    if (!listed.has(id)) {
      alerts.raise("engine_model_gone", { model: id, detail: "not in the vendor's list" });
      continue;
    }
    const dates = [listed.get(id), end_of_life].filter((date) => typeof date === "string").sort();
    const [shutdown] = dates;
    if (shutdown && Date.parse(shutdown) - now < noticeDays * dayMs) {
      alerts.raise("engine_model_ending", { model: id, shutdown_date: shutdown });
    }
  }
  log.info({ models: models.map(({ id }) => id) }, "models checked");
}
