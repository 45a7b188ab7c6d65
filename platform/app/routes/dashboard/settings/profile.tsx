import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { settings } from "../../../messages/en/settings.ts";
import { site } from "../../../messages/en/site.ts";
import { byIntent } from "../../../session/by-intent.ts";
import { emailField, nameField, ownerPasswordField } from "../../../session/fields.ts";
import type { SignedAction } from "../../../session/page-action.ts";
import { pageAction } from "../../../session/page-action.ts";
import { readForm } from "../../../session/read-form.ts";
import { requirePage } from "../../../session/require-page.ts";
import { OwnerPassword } from "../../../ui/form/owner-password.tsx";
import { SettingsForm } from "../../../ui/form/settings-form.tsx";
import { TextSetting } from "../../../ui/form/text-setting.tsx";
import { useFault } from "../../../ui/form/use-fault.ts";
import { proofTexts } from "./proof-texts.ts";
import styles from "./settings.module.css";

const words = settings.profile;
const here = "/dashboard/settings";

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePage({ request, context });
  const { first_name, last_name, email } = user;
  return { firstName: first_name ?? "", lastName: last_name ?? "", email, hasPassword: user.password_hash !== null };
}

async function saveName({ page, context, form }: SignedAction) {
  await context.accounts.updateProfile(
    page.user,
    readForm(z.object({ first_name: nameField, last_name: nameField }), form),
  );
  return redirect(`${here}?done=saved`, 303);
}

async function changeEmail({ page, context, form }: SignedAction) {
  const change = readForm(z.object({ email: emailField, password: ownerPasswordField }), form);
  await context.auth.changeEmail(page, { email: change.email, password: change.password }, context.client);
  return redirect(`${here}?done=address-asked`, 303);
}

export const action = pageAction(byIntent({ name: saveName, email: changeEmail }), { texts: proofTexts });

function NameForm({ firstName, lastName }: { firstName: string; lastName: string }) {
  const fault = useFault("name");
  return (
    <SettingsForm intent="name" title={words.title} lead={words.lead} submit={words.save}>
      <div className={styles.pair}>
        <TextSetting
          name="first_name"
          label={words.firstName}
          autoComplete="given-name"
          maxLength={80}
          required
          defaultValue={firstName}
          fault={fault}
        />
        <TextSetting
          name="last_name"
          label={words.lastName}
          autoComplete="family-name"
          maxLength={80}
          required
          defaultValue={lastName}
          fault={fault}
        />
      </div>
    </SettingsForm>
  );
}

function EmailForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const fault = useFault("email");
  return (
    <SettingsForm intent="email" title={words.emailTitle} lead={words.emailLead(email)} submit={words.changeEmail}>
      <TextSetting name="email" label={words.newEmail} type="email" autoComplete="email" required fault={fault} />
      {hasPassword && <OwnerPassword label={words.password} fault={fault} />}
    </SettingsForm>
  );
}

export default function Profile() {
  const { firstName, lastName, email, hasPassword } = useLoaderData<typeof loader>();
  return (
    <>
      <NameForm firstName={firstName} lastName={lastName} />
      <EmailForm email={email} hasPassword={hasPassword} />
    </>
  );
}
