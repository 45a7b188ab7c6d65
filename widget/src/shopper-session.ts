import { ApiProblem } from "./api-problem.ts";

/** of the 15 minutes that one lasts */
const freshMs = 10 * 60_000;
const kept = new Map<string, { token: string; until: number }>();

/** The header with the shopper's session, which the shop's own server at `url` gives; kept while it is fresh. */
export async function shopperSession(url: string): Promise<Record<string, string>> {
  let session = kept.get(url);
  if (!session || Date.now() > session.until) {
    const answer = await fetch(url, { cache: "no-store" }).catch(() => null);
    if (!answer) throw new ApiProblem("offline");
    const body = await answer.json().catch(() => null);
    if (!answer.ok || typeof body?.session !== "string") throw new ApiProblem("unauthenticated", 401);
    session = { token: body.session, until: Date.now() + freshMs };
    kept.set(url, session);
  }
  return { "x-shopper-session": session.token };
}
