import { ApiProblem } from "./api-problem.ts";

/** of the 15 minutes that one lasts */
const freshMs = 10 * 60_000;

/** Asks the shop's own server for the shopper's session, and keeps it while it is fresh. Without an address none is sent. */
export function createShopperSession(url: string | null | undefined) {
  let kept = { token: "", until: 0 };
  return async (): Promise<Record<string, string>> => {
    if (!url) return {};
    if (Date.now() > kept.until) {
      const answer = await fetch(url, { cache: "no-store" }).catch(() => null);
      if (!answer) throw new ApiProblem("offline");
      const body = await answer.json().catch(() => null);
      if (!answer.ok || typeof body?.session !== "string") throw new ApiProblem("unauthenticated", 401);
      kept = { token: body.session, until: Date.now() + freshMs };
    }
    return { "x-shopper-session": kept.token };
  };
}
