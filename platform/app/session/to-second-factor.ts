import { redirect } from "@remix-run/node";
import { cookieLine, mfaCookie } from "../../core/auth/cookies.ts";
import { lifetimes } from "../../core/auth/settings.ts";
import type { LoadContext } from "../load-context.ts";

/** On to the second factor, with the cookie that says that the first was shown. */
export function toSecondFactor({ cookies }: LoadContext, mfaToken: string, returnTo: string) {
  cookies.push(cookieLine(mfaCookie, mfaToken, new Date(Date.now() + lifetimes.mfaMs)));
  return redirect(`/login/second-factor?return_to=${encodeURIComponent(returnTo)}`, 303);
}
