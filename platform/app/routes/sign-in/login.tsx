import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { cookieLine, mfaCookie } from "../../../core/auth/cookies.ts";
import { returnPath } from "../../../core/auth/return-path.ts";
import { lifetimes } from "../../../core/auth/settings.ts";
import { signIn as words } from "../../messages/en/sign-in.ts";
import { site } from "../../messages/en/site.ts";
import { publicAction } from "../../session/public-action.ts";
import { readForm } from "../../session/read-form.ts";
import { startSession } from "../../session/start-session.ts";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.login.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const returnTo = returnPath(new URL(request.url).searchParams.get("return_to"));
  if (await context.pageSession()) throw redirect(returnTo);
  return { returnTo };
}

const credentials = z.object({ email: z.string().trim().max(254), password: z.string().max(200) });

export const action = publicAction(async ({ request, context, form }) => {
  const returnTo = returnPath(String(form.get("return_to")));
  const factor = await context.auth.login(readForm(credentials, form), context.client);
  if ("mfaToken" in factor) {
    const until = new Date(Date.now() + lifetimes.mfaMs);
    context.cookies.push(cookieLine(mfaCookie, factor.mfaToken, until));
    return redirect(`/login/second-factor?return_to=${encodeURIComponent(returnTo)}`, 303);
  }
  await startSession(context, request, factor);
  return redirect(returnTo, 303);
});

export default function Login() {
  const { returnTo } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  return (
    <form method="post" action="/login" className="stack">
      <h1>{words.login.title}</h1>
      <p className="lead">{words.login.lead}</p>
      {fault && <Notice kind="danger">{fault.message}</Notice>}
      <input type="hidden" name="return_to" value={returnTo} />
      <Field name="email" label={words.email} type="email" autoComplete="username" required fault={fault} />
      <Field name="password" label={words.password} type="password" autoComplete="current-password" required />
      <button type="submit" className="button wide">
        {words.login.submit}
      </button>
    </form>
  );
}
