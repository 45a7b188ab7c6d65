import { redirect } from "@remix-run/node";
import { colourSchemeCookie } from "../session/colour-scheme.ts";
import { localPath } from "../session/local-path.ts";
import { publicAction } from "../session/public-action.ts";

/** POST /colour-scheme: keeps the reader's choice in a cookie of this browser. Touches no account, so that it needs no session. */
export const action = publicAction(async ({ form, context }) => {
  context.cookies.push(colourSchemeCookie(form.get("scheme")));
  return redirect(localPath(form.get("return_to")), 303);
});
