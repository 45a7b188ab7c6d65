import type { CheckResult } from "../../../../core/tryon/service-types.ts";
import { install as words } from "../../../messages/en/install.ts";
import type { FormFault } from "../../../session/form-fault.ts";
import { Field } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import styles from "./install.module.css";
import { faultOf, InstallForm } from "./install-form.tsx";
import { Section } from "./section.tsx";

interface Props {
  result: { result: CheckResult; typed: Record<string, string> } | null;
  fault: FormFault | null;
}

function Verdict({ problems }: CheckResult) {
  const [first] = problems;
  if (!first) return <Notice kind="ok">{words.checkPicture.good}</Notice>;
  return (
    <Notice kind="warn" title={first.message}>
      {first.hint}
    </Notice>
  );
}

/** "Check my product picture": the engine's own verdict. */
export function CheckPicture({ result, fault: given }: Props) {
  const fault = faultOf(given, "check-picture");
  return (
    <Section id="check-picture" title={words.checkPicture.title}>
      <InstallForm intent="check-picture" submit={words.checkPicture.submit} fault={given} hasFile>
        <Field
          name="picture_url"
          label={words.checkPicture.url}
          inputMode="url"
          defaultValue={result?.typed.picture_url}
          fault={fault}
        />
        <Field name="picture_file" label={words.checkPicture.file} type="file" accept="image/*" />
        <div className="field">
          <label htmlFor="picture-kind">{words.checkPicture.kind}</label>
          <select id="picture-kind" name="kind" defaultValue={result?.typed.kind ?? fault?.values.kind ?? "top"}>
            {Object.entries(words.checkPicture.kinds).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      </InstallForm>
      {result && (
        <div className={styles.findings}>
          <Verdict {...result.result} />
        </div>
      )}
    </Section>
  );
}
