import { z } from "zod";

const dayMs = 86_400_000;

/** One of these, or nothing: an address that was edited by hand shows all. */
export const choiceOf = <T extends string>(choices: readonly T[], given: string | null): T | undefined =>
  choices.find((choice) => choice === given);

const day = z.iso.date();

/** The UTC day of a date field: its start. */
export const dayOf = (given: string | null): Date | undefined => {
  const parsed = day.safeParse(given);
  return parsed.success ? new Date(`${parsed.data}T00:00:00.000Z`) : undefined;
};

/** The start of the day after: a span "to" a day has that day in it. */
export const dayAfter = (given: string | null): Date | undefined => {
  const start = dayOf(given);
  return start && new Date(start.getTime() + dayMs);
};
