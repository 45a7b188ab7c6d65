import { cookieLine, readCookie, sessionCookie } from "../../core/auth/cookies.ts";
import type { SignedIn } from "../../core/auth/sign-in.ts";
import type { LoadContext } from "../load-context.ts";

/** Signs this browser in: a new session, its cookie in the answer, and the end of the one that the browser came with. */
export async function startSession(context: LoadContext, request: Request, signedIn: SignedIn) {
  const { auth, client, cookies, enterSession } = context;
  const former = readCookie(request.headers.get("cookie"), sessionCookie);
  const { cookie, session } = await auth.startPageSession(signedIn, client, former);
  cookies.push(cookieLine(sessionCookie, cookie, session.expires_at));
  enterSession(cookie);
}
