import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { signIn as words } from "../../messages/en/sign-in.ts";
import { site } from "../../messages/en/site.ts";
import { passwordField, tokenField } from "../../session/fields.ts";
import { publicAction } from "../../session/public-action.ts";
import { readForm } from "../../session/read-form.ts";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.reset.title) }];
// the address holds a token
export const headers: HeadersFunction = () => ({ "Referrer-Policy": "same-origin", "Cache-Control": "no-store" });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  return { token: (await context.auth.isResetTokenOpen(token)) ? token : null };
}

const fields = z.object({ token: tokenField, password: passwordField });

export const action = publicAction(
  async ({ context, form }) => {
    await context.auth.resetPassword(readForm(fields, form), context.client);
    return redirect("/login?done=reset", 303);
  },
  { invalid_request: words.reset.stale },
);

const Stale = () => (
  <div className="stack">
    <h1>{words.reset.title}</h1>
    <Notice kind="warn">{words.reset.stale}</Notice>
    <a className="button wide" href="/forgot-password">
      {words.reset.again}
    </a>
  </div>
);

export default function ResetPassword() {
  const { token } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  if (!token) return <Stale />;
  return (
    <form method="post" action={`/reset-password?token=${encodeURIComponent(token)}`} className="stack">
      <div>
        <h1>{words.reset.title}</h1>
        <p className="field-hint">{words.reset.lead}</p>
      </div>
      {fault && <Notice kind="danger">{fault.message}</Notice>}
      <input type="hidden" name="token" value={token} />
      <Field
        name="password"
        label={words.newPassword}
        type="password"
        autoComplete="new-password"
        minLength={10}
        maxLength={72}
        hint={words.passwordHint}
        required
      />
      <SubmitButton>{words.reset.submit}</SubmitButton>
    </form>
  );
}
