import { Paper } from "@mantine/core";
import { settings } from "../../../messages/en/settings.ts";
import { OwnerPassword } from "../../../ui/form/owner-password.tsx";
import { SettingsForm } from "../../../ui/form/settings-form.tsx";
import { TextSetting } from "../../../ui/form/text-setting.tsx";
import { useFault } from "../../../ui/form/use-fault.ts";
import type { ShownOnce } from "./security-actions.ts";
import styles from "./settings.module.css";

const words = settings.security;

const CodeInput = ({ intent, label }: { intent: string; label: string }) => (
  <TextSetting
    name="code"
    label={label}
    autoComplete="one-time-code"
    autoCapitalize="none"
    spellCheck={false}
    required
    fault={useFault(intent)}
  />
);

function Begin({ hasPassword }: { hasPassword: boolean }) {
  const fault = useFault("mfa-begin");
  return (
    <SettingsForm intent="mfa-begin" title={words.mfaTitle} lead={words.mfaOff} submit={words.begin}>
      {hasPassword && <OwnerPassword label={words.current} fault={fault} />}
    </SettingsForm>
  );
}

const Enrol = ({ secret, qr }: { secret: string; qr: string }) => (
  <SettingsForm intent="mfa-confirm" title={words.mfaTitle} lead={words.scan} submit={words.confirm}>
    <div className={styles.enrol}>
      <img src={qr} alt={words.qr} width="176" height="176" />
      <p>
        <span className={styles.quiet}>{words.secret}</span>
        <code>{secret.replace(/(.{4})/g, "$1 ").trim()}</code>
      </p>
    </div>
    <input type="hidden" name="secret" value={secret} />
    <CodeInput intent="mfa-confirm" label={words.code} />
  </SettingsForm>
);

const Codes = ({ codes }: { codes: string[] }) => (
  <Paper withBorder className={styles.card} role="status">
    <div>
      <h2>{words.codesTitle}</h2>
      <p className={styles.quiet}>{words.codesLead}</p>
    </div>
    <ul className={styles.codes}>
      {codes.map((code) => (
        <li key={code}>{code}</li>
      ))}
    </ul>
  </Paper>
);

const Enrolled = ({ isAdmin }: { isAdmin: boolean }) => (
  <>
    <SettingsForm
      intent="mfa-codes"
      title={words.mfaTitle}
      lead={`${words.mfaOn} ${words.renewLead}`}
      submit={words.renew}
    >
      <CodeInput intent="mfa-codes" label={words.anyCode} />
    </SettingsForm>
    {!isAdmin && (
      <SettingsForm
        intent="mfa-disable"
        title={words.disable}
        lead={words.disableLead}
        submit={words.disable}
        isDangerous
      >
        <CodeInput intent="mfa-disable" label={words.anyCode} />
      </SettingsForm>
    )}
  </>
);

interface Props {
  shown: ShownOnce | undefined;
  hasMfa: boolean;
  hasPassword: boolean;
  isAdmin: boolean;
}

/** The second step of signing in: setting it up, what is shown once, and switching it off. */
export function SecondFactor({ shown, hasMfa, hasPassword, isAdmin }: Props) {
  if (shown?.codes) return <Codes codes={shown.codes} />;
  if (hasMfa) return <Enrolled isAdmin={isAdmin} />;
  return shown?.enrol ? <Enrol {...shown.enrol} /> : <Begin hasPassword={hasPassword} />;
}
