// UTC and one locale on server and browser alike: hydration must not differ
const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

/** Day and time: 24 Nov 2026, 10:05 UTC. */
export const formatMoment = (moment: Date | string) => `${format.format(new Date(moment))} UTC`;
