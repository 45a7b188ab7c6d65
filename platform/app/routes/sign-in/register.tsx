import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { returnPath } from "../../../core/auth/return-path.ts";
import { signIn as words } from "../../messages/en/sign-in.ts";
import { site } from "../../messages/en/site.ts";
import { emailField, nameField, passwordField } from "../../session/fields.ts";
import { publicAction } from "../../session/public-action.ts";
import { readForm } from "../../session/read-form.ts";
import { startSession } from "../../session/start-session.ts";
import { Field } from "../../ui/field.tsx";
import { GoogleButton } from "../../ui/google-button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { SubmitButton } from "../../ui/submit-button.tsx";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.register.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  if (await context.pageSession()) throw redirect("/dashboard");
  const wanted = new URL(request.url).searchParams.get("return_to");
  return { returnTo: wanted ? returnPath(wanted) : "/welcome", hasGoogle: context.auth.hasGoogle };
}

const fields = z.object({
  first_name: nameField,
  last_name: nameField,
  email: emailField,
  password: passwordField,
});

export const action = publicAction(
  async ({ request, context, form }) => {
    const { email, password, first_name, last_name } = readForm(fields, form);
    const input = { email, password, firstName: first_name, lastName: last_name };
    await startSession(context, request, await context.auth.registerOnPage(input, context.client));
    return redirect(returnPath(String(form.get("return_to"))), 303);
  },
  { conflict: words.register.taken },
);

export default function Register() {
  const { returnTo, hasGoogle } = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  return (
    <form method="post" action="/register" className="stack">
      <div>
        <h1>{words.register.title}</h1>
        <p className="field-hint">{words.register.lead}</p>
      </div>
      {fault && <Notice kind="danger">{fault.message}</Notice>}
      {hasGoogle && <GoogleButton returnTo={returnTo} />}
      <input type="hidden" name="return_to" value={returnTo} />
      <div className="pair">
        <Field
          name="first_name"
          label={words.register.firstName}
          autoComplete="given-name"
          maxLength={80}
          required
          fault={fault}
        />
        <Field
          name="last_name"
          label={words.register.lastName}
          autoComplete="family-name"
          maxLength={80}
          required
          fault={fault}
        />
      </div>
      <Field name="email" label={words.email} type="email" autoComplete="email" required fault={fault} />
      <Field
        name="password"
        label={words.password}
        type="password"
        autoComplete="new-password"
        minLength={10}
        maxLength={72}
        hint={words.passwordHint}
        required
        fault={fault}
      />
      <SubmitButton>{words.register.submit}</SubmitButton>
      <p className="links">
        <span>
          {words.register.hasAccount} <a href="/login">{words.register.signIn}</a>
        </span>
      </p>
    </form>
  );
}
