import { install as words } from "../../../messages/en/install.ts";
import type { FormFault } from "../../../session/form-fault.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { Notice } from "../../../ui/notice.tsx";
import styles from "./install.module.css";
import { faultOf, InstallForm } from "./install-form.tsx";
import { Section } from "./section.tsx";

interface Props {
  result: { href: string; until: string; typed: Record<string, string> } | null;
  fault: FormFault | null;
}

function LinkField({
  name,
  label,
  value,
  fault,
}: {
  name: string;
  label: string;
  value?: string;
  fault: FormFault | null;
}) {
  const id = `link-${name}`;
  const error = fault?.fields[name];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        required
        defaultValue={fault?.values[name] ?? value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      {error && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

/** A link to the merchant's own page that tries on for free. */
export function PreviewLink({ result, fault: given }: Props) {
  const fault = faultOf(given, "link");
  return (
    <Section id="link" title={words.link.title} lead={words.link.lead}>
      <InstallForm intent="link" submit={words.link.submit} fault={given}>
        <LinkField name="page_url" label={words.link.page} value={result?.typed.page_url} fault={fault} />
        <LinkField name="product_id" label={words.link.product} value={result?.typed.product_id} fault={fault} />
      </InstallForm>
      {result && (
        <div className={styles.findings}>
          <Notice kind="ok" title={words.link.ready(result.until)}>
            <div className={styles.value}>
              <a href={result.href} target="_blank" rel="noreferrer" className={styles.href}>
                {result.href}
              </a>
              <CopyButton text={result.href} label={words.link.label} />
            </div>
          </Notice>
        </div>
      )}
    </Section>
  );
}
