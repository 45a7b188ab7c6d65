import { site } from "../messages/en/site.ts";

/** What is said about a page that could not be shown. */
export const errorWords = (status: number) => {
  if (status === 404) return site.errors[404];
  return status === 403 ? site.errors[403] : site.errors.other;
};
