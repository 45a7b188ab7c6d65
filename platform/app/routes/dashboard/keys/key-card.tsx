import type { ReactNode } from "react";
import { keys as words } from "../../../messages/en/keys.ts";
import type { FormFault } from "../../../session/form-fault.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import { KeyForms } from "./key-forms.tsx";
import styles from "./keys.module.css";
import type { KeyView } from "./to-key-view.ts";

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const List = ({ items, none }: { items: string[]; none: string }) =>
  items.length === 0 ? none : items.map((item) => <code key={item}>{item}</code>);

const stateLooks = { alive: styles.ok, ending: styles.warn, ended: styles.off };

function Facts({ of }: { of: KeyView }) {
  return (
    <dl className={styles.facts} data-volatile>
      <Fact name={words.facts.lastUsed}>{of.lastUsed}</Fact>
      <Fact name={words.facts.uses}>{of.uses}</Fact>
      <Fact name={words.facts.created}>{of.created}</Fact>
      {of.kind === "publishable" && (
        <>
          <Fact name={words.facts.origins}>
            <List items={of.origins} none={words.facts.noOrigins} />
          </Fact>
          <Fact name={words.facts.hosts}>
            <List items={of.hosts} none={words.facts.hostsAreOrigins} />
          </Fact>
        </>
      )}
      {of.needsSession && <Fact name={words.facts.sessions}>{words.facts.sessionsNeeded}</Fact>}
      {of.budget && (
        <Fact name={words.facts.budget}>
          {of.budget}
          {of.spent && <span className={styles.spent}>{of.spent}</span>}
        </Fact>
      )}
    </dl>
  );
}

/** One key: what it is, how it is used, what can be done with it. */
export function KeyCard({ of, fault }: { of: KeyView; fault: FormFault | null }) {
  return (
    <article className={styles.card} aria-labelledby={`name-${of.id}`}>
      <div className={styles.head}>
        <h2 id={`name-${of.id}`}>{of.name}</h2>
        <span className={styles.badge}>{words.kinds[of.kind]}</span>
        <span className={`${styles.badge} ${of.mode === "live" ? styles.live : ""}`}>{words.modes[of.mode]}</span>
        <span className={`${styles.badge} ${stateLooks[of.state]}`}>{of.stateText}</span>
      </div>
      <div className={styles.value}>
        <code data-volatile>{of.value}</code>
        {of.isWhole && of.state !== "ended" && <CopyButton text={of.value} label={of.name} />}
      </div>
      <Facts of={of} />
      {of.state !== "ended" && <KeyForms of={of} fault={fault} />}
    </article>
  );
}
