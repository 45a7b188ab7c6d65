import type { HeadersFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { LoadContext } from "../../load-context.ts";
import { signIn as words } from "../../messages/en/sign-in.ts";
import { site } from "../../messages/en/site.ts";
import { emailField, tokenField } from "../../session/fields.ts";
import type { FormFault } from "../../session/form-fault.ts";
import { publicAction } from "../../session/public-action.ts";
import { readForm } from "../../session/read-form.ts";
import { Field } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.verify.title) }];
// the address holds a token
export const headers: HeadersFunction = () => ({ "Referrer-Policy": "same-origin" });

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const user = (await context.pageSession())?.user;
  return {
    token: searchParams.get("token"),
    isSent: searchParams.get("done") === "sent",
    email: user && !user.is_email_verified ? user.email : "",
  };
}

/** After a verified address comes the button on the shop, where there is no key for one yet. */
async function nextPath({ keys, pageSession }: LoadContext) {
  const page = await pageSession();
  if (!page) return "/login";
  const own = await keys.list(page.user.id);
  return own.some(({ kind }) => kind === "publishable") ? "/dashboard" : "/dashboard/install";
}

/** Proves the address by the mail's token, or sends such a mail again. Reading the link alone changes nothing: mail scanners follow links. */
export const action = publicAction(
  async ({ context, form }) => {
    if (form.get("intent") === "resend") {
      const { email } = readForm(z.object({ email: emailField }), form);
      await context.auth.requestMail("verification_requested", email, context.client);
      return redirect("/verify-email?done=sent", 303);
    }
    await context.auth.verifyEmail(readForm(z.object({ token: tokenField }), form).token, context.client);
    return redirect(`${await nextPath(context)}?done=verified`, 303);
  },
  { invalid_request: words.verify.stale, conflict: words.verify.taken },
);

const Verify = ({ token }: { token: string }) => (
  <form method="post" action="/verify-email" className="stack">
    <div>
      <h1>{words.verify.title}</h1>
      <p className="field-hint">{words.verify.lead}</p>
    </div>
    <input type="hidden" name="intent" value="verify" />
    <input type="hidden" name="token" value={token} />
    <SubmitButton>{words.verify.submit}</SubmitButton>
  </form>
);

function Resend({ email, isSent, fault }: { email: string; isSent: boolean; fault?: FormFault }) {
  return (
    <form method="post" action="/verify-email" className="stack">
      <div>
        <h1>{words.verify.sentTitle}</h1>
        <p className="field-hint">{words.verify.sentLead}</p>
      </div>
      {fault && <Notice kind="danger">{fault.fields.email ?? fault.message}</Notice>}
      {isSent && !fault && <Notice kind="ok">{words.verify.sent}</Notice>}
      <input type="hidden" name="intent" value="resend" />
      <Field
        name="email"
        label={words.email}
        type="email"
        autoComplete="email"
        required
        defaultValue={email}
        fault={fault}
      />
      <SubmitButton>{words.verify.resend}</SubmitButton>
    </form>
  );
}

export default function VerifyEmail() {
  const { token, isSent, email } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  return token && !fault ? <Verify token={token} /> : <Resend email={email} isSent={isSent} fault={fault} />;
}
