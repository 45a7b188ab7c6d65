import { useState } from "react";
import { playgroundWords as words } from "../../../messages/en/playground.ts";
import type { Draft } from "../../../playground/draft.ts";
import { keyVariable } from "../../../playground/draft.ts";
import { writeCurl } from "../../../playground/write-curl.ts";
import { writePhp } from "../../../playground/write-php.ts";
import { writePython } from "../../../playground/write-python.ts";
import { writeTypeScript } from "../../../playground/write-typescript.ts";
import { Card } from "../../../ui/card.tsx";
import styles from "./playground.module.css";

const writers = { curl: writeCurl, typescript: writeTypeScript, python: writePython, php: writePhp };
type Language = keyof typeof writers;
const languages = Object.keys(writers) as Language[];

/** The request as code: what is filled in shows as it is typed, the key never does. */
export function CodePanel({ draft }: { draft: Draft }) {
  const [language, setLanguage] = useState<Language>("curl");
  return (
    <Card title={words.code}>
      {/* biome-ignore lint/a11y/useSemanticElements: buttons that press, not a set of fields */}
      <div className={styles.languages} role="group" aria-label={words.language}>
        {languages.map((one) => (
          <button key={one} type="button" aria-pressed={one === language} onClick={() => setLanguage(one)}>
            {words.languages[one]}
          </button>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={styles.code} tabIndex={0} aria-label={words.codeHas}>
        <pre>
          <code>{writers[language](draft)}</code>
        </pre>
      </section>
      {draft.keyHeader && <p className={styles.hint}>{words.codeKey(keyVariable)}</p>}
    </Card>
  );
}
