/** 00:00 UTC of the day that `time` is in. */
export const dayStart = (time: Date) =>
  new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()));

/** YYYY-MM-DD in UTC. */
export const dayName = (time: Date) => time.toISOString().slice(0, 10);
