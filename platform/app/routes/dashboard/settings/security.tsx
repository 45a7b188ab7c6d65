import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { settings } from "../../../messages/en/settings.ts";
import { site } from "../../../messages/en/site.ts";
import { byIntent } from "../../../session/by-intent.ts";
import type { SignedAction } from "../../../session/page-action.ts";
import { pageAction } from "../../../session/page-action.ts";
import { requirePage } from "../../../session/require-page.ts";
import { OwnerPassword } from "../../../ui/form/owner-password.tsx";
import { SettingsForm } from "../../../ui/form/settings-form.tsx";
import { TextSetting } from "../../../ui/form/text-setting.tsx";
import { useFault } from "../../../ui/form/use-fault.ts";
import { Notice } from "../../../ui/notice.tsx";
import { proofTexts } from "./proof-texts.ts";
import { SecondFactor } from "./second-factor.tsx";
import type { ShownOnce } from "./security-actions.ts";
import {
  assertMay,
  beginMfa,
  changePassword,
  confirmMfa,
  disableMfa,
  endAll,
  endOne,
  endOthers,
  renewCodes,
} from "./security-actions.ts";
import { SessionList } from "./session-list.tsx";

const words = settings.security;

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user, session, needsSecondFactor } = await requirePage({ request, context }, { beforeSecondFactor: true });
  const sessions = needsSecondFactor ? [] : await context.auth.listSessions(user.id);
  return {
    hasPassword: user.password_hash !== null,
    hasMfa: await context.auth.hasMfa(user.id),
    isAdmin: user.role === "admin",
    needsSecondFactor,
    sessions: sessions.map((one) => ({
      id: one.id,
      kind: one.kind,
      device: one.user_agent,
      address: one.ip_address,
      seenAt: one.last_seen_at.toISOString(),
      isHere: one.id === session.id,
    })),
  };
}

const handle = byIntent<Response | object>({
  password: changePassword,
  "mfa-begin": beginMfa,
  "mfa-confirm": confirmMfa,
  "mfa-codes": renewCodes,
  "mfa-disable": disableMfa,
  "end-one": endOne,
  "end-others": endOthers,
  "end-all": endAll,
});

export const action = pageAction(
  async (signed: SignedAction) => {
    assertMay(signed);
    return handle(signed);
  },
  { beforeSecondFactor: true, texts: proofTexts },
);

function PasswordForm({ hasPassword }: { hasPassword: boolean }) {
  const fault = useFault("password");
  return (
    <SettingsForm
      intent="password"
      title={words.passwordTitle}
      lead={hasPassword ? words.passwordLead : words.noPassword}
      submit={words.changePassword}
    >
      {hasPassword && <OwnerPassword label={words.current} fault={fault} />}
      <TextSetting
        name="new_password"
        label={words.next}
        hint={words.passwordHint}
        type="password"
        autoComplete="new-password"
        minLength={10}
        maxLength={72}
        required
        fault={fault}
      />
    </SettingsForm>
  );
}

export default function Security() {
  const { hasPassword, hasMfa, isAdmin, needsSecondFactor, sessions } = useLoaderData<typeof loader>();
  const shown = useActionData() as ShownOnce | undefined;
  return (
    <>
      {needsSecondFactor && <Notice kind="warn">{words.mustEnrol}</Notice>}
      <SecondFactor shown={shown} hasMfa={hasMfa} hasPassword={hasPassword} isAdmin={isAdmin} />
      {!needsSecondFactor && <PasswordForm hasPassword={hasPassword} />}
      {!needsSecondFactor && <SessionList sessions={sessions} />}
    </>
  );
}
