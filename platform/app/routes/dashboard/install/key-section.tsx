import { install as words } from "../../../messages/en/install.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import styles from "./install.module.css";
import { Section } from "./section.tsx";

interface Props {
  keys: { id: string; name: string; mode: string }[];
  chosen: { id: string; mode: string; value: string; origins: string[] };
}

/** The key that the snippet carries, and the choice where there are several. */
export function KeySection({ keys, chosen }: Props) {
  return (
    <Section id="key" title={words.key.title}>
      <div className={styles.value}>
        <code>{chosen.value}</code>
        <CopyButton text={chosen.value} label={words.key.label} />
      </div>
      <p className={styles.note}>
        {words.key.worksOn} {chosen.origins.join(", ") || words.key.nowhere}
        {chosen.mode === "test" && ` · ${words.key.test}`}
        {" · "}
        <a href="/dashboard/keys">{words.allKeys}</a>
      </p>
      {keys.length > 1 && (
        <form method="get" action="/dashboard/install" className={`field ${styles.choose}`}>
          <label htmlFor="choose-key">{words.key.choose}</label>
          <div className="row">
            <select id="choose-key" name="key" defaultValue={chosen.id} key={chosen.id}>
              {keys.map(({ id, name, mode }) => (
                <option key={id} value={id}>
                  {words.key.option(name, mode)}
                </option>
              ))}
            </select>
            <button type="submit" className="button quiet">
              {words.key.show}
            </button>
          </div>
        </form>
      )}
    </Section>
  );
}
