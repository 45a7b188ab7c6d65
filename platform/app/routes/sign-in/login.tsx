import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { returnPath } from "../../../core/auth/return-path.ts";
import { signIn as words } from "../../messages/en/sign-in.ts";
import { site } from "../../messages/en/site.ts";
import { publicAction } from "../../session/public-action.ts";
import { readForm } from "../../session/read-form.ts";
import { startSession } from "../../session/start-session.ts";
import { toSecondFactor } from "../../session/to-second-factor.ts";
import { Field } from "../../ui/field.tsx";
import { GoogleButton } from "../../ui/google-button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.login.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const returnTo = returnPath(searchParams.get("return_to"));
  if (await context.pageSession()) throw redirect(returnTo);
  const error = searchParams.get("error");
  return {
    returnTo,
    hasGoogle: context.auth.hasGoogle,
    error: error === "google" || error === "expired" ? error : null,
    done: searchParams.get("done"),
  };
}

// any text will do: a wrong form and a wrong address are one answer
const credentials = z.object({ email: z.string().trim().max(254), password: z.string().max(200) });

export const action = publicAction(
  async ({ request, context, form }) => {
    const returnTo = returnPath(String(form.get("return_to")));
    const factor = await context.auth.login(readForm(credentials, form), context.client);
    if ("mfaToken" in factor) return toSecondFactor(context, factor.mfaToken, returnTo);
    await startSession(context, request, factor);
    return redirect(returnTo, 303);
  },
  { unauthenticated: words.login.wrong },
);

function Said({ error, done }: { error: string | null; done: string | null }) {
  if (error) return <Notice kind="warn">{error === "google" ? words.login.googleFailed : words.login.expired}</Notice>;
  const text = done && words.login.done[done];
  return text ? <Notice kind="ok">{text}</Notice> : null;
}

export default function Login() {
  const { returnTo, hasGoogle, error, done } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  const carried = returnTo === "/dashboard" ? "" : `?return_to=${encodeURIComponent(returnTo)}`;
  return (
    <form method="post" action={`/login${carried}`} className="stack">
      <div>
        <h1>{words.login.title}</h1>
        <p className="field-hint">{words.login.lead}</p>
      </div>
      {fault ? <Notice kind="danger">{fault.message}</Notice> : <Said error={error} done={done} />}
      {hasGoogle && <GoogleButton returnTo={returnTo} />}
      <input type="hidden" name="return_to" value={returnTo} />
      <Field name="email" label={words.email} type="email" autoComplete="username" required fault={fault} />
      <Field name="password" label={words.password} type="password" autoComplete="current-password" required />
      <SubmitButton>{words.login.submit}</SubmitButton>
      <p className="links">
        <a href="/forgot-password">{words.login.forgot}</a>
        <span>
          {words.login.noAccount} <a href={`/register${carried}`}>{words.login.register}</a>
        </span>
      </p>
    </form>
  );
}
