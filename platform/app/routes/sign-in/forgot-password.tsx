import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { signIn as words } from "../../messages/en/sign-in.ts";
import { site } from "../../messages/en/site.ts";
import { emailField } from "../../session/fields.ts";
import { publicAction } from "../../session/public-action.ts";
import { readForm } from "../../session/read-form.ts";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.forgot.title) }];

export const loader = ({ request }: LoaderFunctionArgs) => ({
  isSent: new URL(request.url).searchParams.get("done") === "sent",
});

/** One answer for every address. */
export const action = publicAction(async ({ context, form }) => {
  const { email } = readForm(z.object({ email: emailField }), form);
  await context.auth.requestMail("reset_requested", email, context.client);
  return redirect("/forgot-password?done=sent", 303);
});

export default function ForgotPassword() {
  const { isSent } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  return (
    <form method="post" action="/forgot-password" className="stack">
      <div>
        <h1>{words.forgot.title}</h1>
        <p className="field-hint">{words.forgot.lead}</p>
      </div>
      {fault && <Notice kind="danger">{fault.message}</Notice>}
      {isSent && !fault && <Notice kind="ok">{words.forgot.sent}</Notice>}
      <Field name="email" label={words.email} type="email" autoComplete="username" required fault={fault} />
      <SubmitButton>{words.forgot.submit}</SubmitButton>
      <p className="links">
        <a href="/login">{words.forgot.back}</a>
      </p>
    </form>
  );
}
