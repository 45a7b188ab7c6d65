// one locale on server and browser alike: hydration must not differ
const format = new Intl.NumberFormat("en-IN");

/** A whole number with its groups: 1,23,456. */
export const formatCount = (count: number) => format.format(count);
