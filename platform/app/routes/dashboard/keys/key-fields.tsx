import { keys as words } from "../../../messages/en/keys.ts";
import type { FormFault } from "../../../session/form-fault.ts";
import styles from "./keys.module.css";
import type { KeyView } from "./to-key-view.ts";

interface FieldProps {
  /** of the form: several on the page have fields of one name */
  form: string;
  name: string;
  label: string;
  hint?: string;
  lines?: boolean;
  value?: string;
  required?: boolean;
  fault: FormFault | null;
}

/** A line, or several, of a key's settings. */
function KeyField({ form, name, label, hint, lines, value, required, fault }: FieldProps) {
  const id = `${form}-${name}`;
  const error = fault?.fields[name];
  const props = {
    id,
    name,
    required,
    defaultValue: fault?.values[name] ?? value,
    spellCheck: false,
    autoComplete: "off",
    "aria-invalid": error ? true : undefined,
    "aria-describedby": [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined,
  } as const;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {lines ? <textarea {...props} rows={2} /> : <input {...props} maxLength={80} />}
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface Props {
  form: string;
  of?: KeyView;
  fault: FormFault | null;
}

export const NameField = ({ form, of, fault }: Props) => (
  <KeyField
    form={form}
    name="name"
    label={words.fields.name}
    value={of?.name ?? words.create.name}
    required
    fault={fault}
  />
);

/** Where a publishable key works, where its pictures come from, what it may spend and for whom. */
export const PageFields = ({ form, of, fault }: Props) => (
  <div className={styles.pageFields}>
    <KeyField
      form={form}
      name="allowed_origins"
      label={words.fields.origins}
      hint={words.fields.originsHint}
      value={of?.origins.join("\n")}
      lines
      fault={fault}
    />
    <KeyField
      form={form}
      name="garment_hosts"
      label={words.fields.hosts}
      hint={words.fields.hostsHint}
      value={of?.hosts.join("\n")}
      lines
      fault={fault}
    />
    <KeyField
      form={form}
      name="daily_budget"
      label={words.fields.budget}
      hint={words.fields.budgetHint}
      value={of?.dailyBudget?.toString()}
      fault={fault}
    />
    <div className={styles.check}>
      <label>
        <input
          type="checkbox"
          name="require_session"
          aria-describedby={`${form}-sessions-hint`}
          defaultChecked={fault ? fault.values.require_session === "on" : of?.needsSession}
        />
        {words.fields.sessions}
      </label>
      <p className="field-hint" id={`${form}-sessions-hint`}>
        {words.fields.sessionsHint} <a href="/docs/shop#sessions-signed-by-your-server">{words.fields.sessionsMore}</a>
      </p>
    </div>
  </div>
);
