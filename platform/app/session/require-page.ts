import { redirect } from "@remix-run/node";
import type { PageSession } from "../../core/auth/sessions/page-session.ts";
import type { LoadContext } from "../load-context.ts";

interface Args {
  request: Request;
  context: LoadContext;
}

/** Where an admin without a second factor is led, and the only place where they can work. */
export const enrolPath = "/dashboard/settings/security";

/** Who is signed in; everybody else is led to the sign-in page and back here after it. An admin who has not shown a second factor can only enrol. */
export async function requirePage(
  { request, context }: Args,
  { beforeSecondFactor = false }: { beforeSecondFactor?: boolean } = {},
): Promise<PageSession> {
  const page = await context.pageSession();
  if (!page) {
    const { pathname, search } = new URL(request.url);
    throw redirect(`/login?return_to=${encodeURIComponent(pathname + search)}`);
  }
  if (page.needsSecondFactor && !beforeSecondFactor) throw redirect(enrolPath);
  return page;
}
