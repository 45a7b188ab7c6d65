import { Form } from "@remix-run/react";
import type { ReactNode } from "react";
import { keys as words } from "../../../messages/en/keys.ts";
import type { FormFault } from "../../../session/form-fault.ts";
import { CsrfField } from "../../../ui/csrf-field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { NameField, PageFields } from "./key-fields.tsx";
import styles from "./keys.module.css";
import type { KeyView } from "./to-key-view.ts";

interface Props {
  of: KeyView;
  fault: FormFault | null;
}

interface FrameProps extends Props {
  intent: "edit" | "regenerate" | "revoke";
  isDangerous?: boolean;
  children: ReactNode;
}

/** One thing to do with a key, folded away; opens without a script. */
function Frame({ of, fault, intent, isDangerous, children }: FrameProps) {
  const { title, submit } = words[intent];
  const own = fault?.intent === intent && fault.values.key_id === of.id ? fault : null;
  return (
    <details className={styles.act} name={`act-${of.id}`} open={own !== null}>
      <summary>
        {title}
        <span className="visually-hidden"> {of.name}</span>
      </summary>
      <Form method="post" action="/dashboard/keys" className={styles.form} reloadDocument={false}>
        <CsrfField />
        <input type="hidden" name="intent" value={intent} />
        <input type="hidden" name="key_id" value={of.id} />
        {own && <Notice kind="danger">{own.message}</Notice>}
        {children}
        <div>
          <button type="submit" className={isDangerous ? "button danger" : "button"}>
            {submit}
          </button>
        </div>
      </Form>
    </details>
  );
}

const ownFault = ({ of, fault }: Props) => (fault?.intent === "edit" && fault.values.key_id === of.id ? fault : null);

/** What can be done with a key that is alive. */
export function KeyForms(props: Props) {
  const { of } = props;
  const fault = ownFault(props);
  return (
    <div className={styles.acts}>
      <Frame {...props} intent="edit">
        <NameField form={of.id} of={of} fault={fault} />
        {of.kind === "publishable" && <PageFields form={of.id} of={of} fault={fault} />}
      </Frame>
      <Frame {...props} intent="regenerate">
        <p className="field-hint">{words.regenerate.text}</p>
        <div className="field">
          <label htmlFor={`${of.id}-grace`}>{words.regenerate.grace}</label>
          <select id={`${of.id}-grace`} name="grace_hours" defaultValue="24">
            {Object.entries(words.regenerate.graceChoices)
              .reverse()
              .map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
          </select>
        </div>
      </Frame>
      <Frame {...props} intent="revoke" isDangerous>
        <p className="field-hint">{words.revoke.text}</p>
      </Frame>
    </div>
  );
}
