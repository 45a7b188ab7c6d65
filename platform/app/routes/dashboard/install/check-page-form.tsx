import type { Finding } from "../../../../core/page-check/findings.ts";
import { install as words } from "../../../messages/en/install.ts";
import type { FormFault } from "../../../session/form-fault.ts";
import { Field } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import styles from "./install.module.css";
import { faultOf, InstallForm } from "./install-form.tsx";
import { Section } from "./section.tsx";

const looks = { good: styles.good, warning: styles.warning, problem: styles.problem };

function Found({ name, level, value, reason }: Finding) {
  const { title, hint } = words.found[name];
  return (
    <li className={looks[level]}>
      <span className={styles.level}>{words.levels[level]}</span>
      <div>
        <strong>{title}</strong>
        {(reason || hint) && <p>{reason ? `${reason.message} ${reason.hint}` : hint}</p>}
        {value && <code>{value}</code>}
      </div>
    </li>
  );
}

/** What a page has, lacks and must change, point by point. */
function Findings({ findings }: { findings: Finding[] }) {
  const count = findings.filter(({ level }) => level === "problem").length;
  return (
    <div className={styles.findings}>
      <Notice kind={count === 0 ? "ok" : "warn"}>
        {count === 0 ? words.checkPage.allGood : words.checkPage.problems(count)}
      </Notice>
      <ul>
        {findings.map((finding) => (
          <Found key={`${finding.name} ${finding.value}`} {...finding} />
        ))}
      </ul>
    </div>
  );
}

interface Props {
  result: { findings: Finding[]; typed: Record<string, string> } | null;
  fault: FormFault | null;
}

/** "Check my page". */
export const CheckPage = ({ result, fault }: Props) => (
  <Section id="check-page" title={words.checkPage.title}>
    <InstallForm intent="check-page" submit={words.checkPage.submit} fault={fault}>
      <Field
        name="page_url"
        label={words.checkPage.label}
        inputMode="url"
        required
        defaultValue={result?.typed.page_url}
        fault={faultOf(fault, "check-page")}
      />
    </InstallForm>
    {result && <Findings findings={result.findings} />}
  </Section>
);
