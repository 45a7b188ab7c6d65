import { redirect } from "@remix-run/node";
import { cookieLine, sessionCookie } from "../../../core/auth/cookies.ts";
import { pageAction } from "../../session/page-action.ts";

/** POST /sign-out: ends this session. */
export const action = pageAction(
  async ({ page, context }) => {
    await context.auth.endSession(page.user.id, page.session.id);
    context.cookies.push(cookieLine(sessionCookie, "", null));
    return redirect("/login?done=signed-out", 303);
  },
  { beforeSecondFactor: true },
);
