import { Form } from "@remix-run/react";
import { keys as words } from "../../../messages/en/keys.ts";
import type { FormFault } from "../../../session/form-fault.ts";
import { CsrfField } from "../../../ui/csrf-field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { NameField, PageFields } from "./key-fields.tsx";
import styles from "./keys.module.css";

interface ChoiceProps {
  name: string;
  legend: string;
  choices: Record<string, string>;
  chosen: string;
}

function Choice({ name, legend, choices, chosen }: ChoiceProps) {
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      {Object.entries(choices).map(([value, label]) => (
        <label key={value}>
          <input type="radio" name={name} value={value} defaultChecked={value === chosen} />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** The form of a new key; open at once where there is none yet. */
export function NewKey({ isOpen, fault }: { isOpen: boolean; fault: FormFault | null }) {
  const typed = fault?.values;
  return (
    <details id="new" className={styles.card} open={isOpen || fault !== null}>
      <summary className={styles.summary}>{words.create.title}</summary>
      <Form method="post" action="/dashboard/keys" className={styles.form}>
        <CsrfField />
        <input type="hidden" name="intent" value="create" />
        {fault && <Notice kind="danger">{fault.message}</Notice>}
        <NameField form="new" fault={fault} />
        <div className={styles.choices}>
          <Choice
            name="kind"
            legend={words.fields.kind}
            choices={words.fields.kindChoices}
            chosen={typed?.kind ?? "publishable"}
          />
          <Choice
            name="mode"
            legend={words.fields.mode}
            choices={words.fields.modeChoices}
            chosen={typed?.mode ?? "live"}
          />
        </div>
        <PageFields form="new" fault={fault} />
        <div>
          <button type="submit" className="button">
            {words.create.submit}
          </button>
        </div>
      </Form>
    </details>
  );
}
