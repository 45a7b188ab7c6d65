import { Button, Paper } from "@mantine/core";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { cookieLine, sessionCookie } from "../../../../core/auth/cookies.ts";
import { AppError } from "../../../../core/errors.ts";
import { settings } from "../../../messages/en/settings.ts";
import { site } from "../../../messages/en/site.ts";
import { ownerPasswordField } from "../../../session/fields.ts";
import { pageAction } from "../../../session/page-action.ts";
import { readForm } from "../../../session/read-form.ts";
import { requirePage } from "../../../session/require-page.ts";
import { OwnerPassword } from "../../../ui/form/owner-password.tsx";
import { SettingsForm } from "../../../ui/form/settings-form.tsx";
import { TextSetting } from "../../../ui/form/text-setting.tsx";
import { useFault } from "../../../ui/form/use-fault.ts";
import { proofTexts } from "./proof-texts.ts";
import styles from "./settings.module.css";

const words = settings.data;

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePage({ request, context });
  return { email: user.email, hasPassword: user.password_hash !== null, isAdmin: user.role === "admin" };
}

const fields = z.object({ confirmation: z.string().trim(), password: ownerPasswordField });

/** Deletes the account of whoever typed its address and showed that it is theirs. */
export const action = pageAction(
  async ({ page, context, form }) => {
    const { confirmation, password } = readForm(fields, form);
    if (confirmation.toLowerCase() !== page.user.email.toLowerCase()) {
      throw new AppError("invalid_request", { details: { confirmation: words.notTyped } });
    }
    await context.auth.proveOwner({ ...page, password }, context.client);
    await context.accounts.delete(page.user, context.client);
    context.cookies.push(cookieLine(sessionCookie, "", null));
    return redirect("/login?done=deleted", 303);
  },
  { texts: proofTexts },
);

function DeleteForm({ email, hasPassword }: { email: string; hasPassword: boolean }) {
  const fault = useFault("delete");
  return (
    <SettingsForm intent="delete" title={words.deleteTitle} lead={words.deleteLead} submit={words.submit} isDangerous>
      <TextSetting
        name="confirmation"
        label={words.confirmation(email)}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        fault={fault}
      />
      {hasPassword && <OwnerPassword label={words.password} fault={fault} />}
    </SettingsForm>
  );
}

export default function Data() {
  const { email, hasPassword, isAdmin } = useLoaderData<typeof loader>();
  return (
    <>
      <Paper withBorder className={styles.card}>
        <div>
          <h2>{words.exportTitle}</h2>
          <p className={styles.quiet}>{words.exportLead}</p>
        </div>
        <div>
          <Button component="a" href="/dashboard/settings/export" download="trailroom-account.json" variant="default">
            {words.download}
          </Button>
        </div>
      </Paper>
      {isAdmin ? (
        <Paper withBorder className={styles.card}>
          <h2>{words.deleteTitle}</h2>
          <p className={styles.quiet}>{words.admin}</p>
        </Paper>
      ) : (
        <DeleteForm email={email} hasPassword={hasPassword} />
      )}
    </>
  );
}
