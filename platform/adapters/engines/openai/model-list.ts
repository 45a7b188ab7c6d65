import type { Clock } from "../../../core/ports.ts";
import type { OpenAiModel } from "./openai-model.ts";

/** A model that was gone is tried again after this: access may have been given back. */
const goneMs = 60 * 60_000;

/** Which of the configured models are called now, in their order. */
export function createModelList(models: OpenAiModel[], clock: Clock) {
  const goneUntil = new Map<string, number>();
  const hasEnded = ({ end_of_life }: OpenAiModel, today: string) => end_of_life !== null && end_of_life <= today;
  return {
    all: models,
    usable: () => {
      const now = clock.now();
      const today = now.toISOString().slice(0, 10);
      return models.filter((model) => !hasEnded(model, today) && now.getTime() >= (goneUntil.get(model.id) ?? 0));
    },
    /** True when it was there before: that is what the operator is told. */
    noteGone: ({ id }: OpenAiModel) => {
      const now = clock.now().getTime();
      const wasThere = now >= (goneUntil.get(id) ?? 0);
      goneUntil.set(id, now + goneMs);
      return wasThere;
    },
  };
}

export type ModelList = ReturnType<typeof createModelList>;
