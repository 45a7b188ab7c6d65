import { install as words } from "../../../messages/en/install.ts";
import type { FormFault } from "../../../session/form-fault.ts";
import { Field } from "../../../ui/field.tsx";
import { faultOf, InstallForm } from "./install-form.tsx";
import { Section } from "./section.tsx";

/** Where there is no publishable key yet, one field makes it. */
export const FirstKey = ({ fault }: { fault: FormFault | null }) => (
  <Section id="first" title={words.first.title}>
    <InstallForm intent="make-key" submit={words.first.submit} fault={fault}>
      <Field
        name="allowed_origins"
        label={words.first.label}
        hint={words.first.hint}
        inputMode="url"
        autoComplete="url"
        required
        fault={faultOf(fault, "make-key")}
      />
    </InstallForm>
  </Section>
);
