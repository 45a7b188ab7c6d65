/** 00:00 UTC of the day that `time` is in. */
export const dayStart = (time: Date) =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()));

/** YYYY-MM-DD in UTC. */
export const dayName = (time: Date) => time.toISOString().slice(0, 10);

/** The names of the days of this month so far, in UTC. */
export const daysOfMonth = (time: Date) =>
  Array.from(
    { length: time.getUTCDate() },
    (_, index) => `${dayName(time).slice(0, 8)}${String(index + 1).padStart(2, "0")}`,
  );
