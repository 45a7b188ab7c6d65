import { formatDuration } from "../../../format/format-duration.ts";
import { playgroundWords as words } from "../../../messages/en/playground.ts";
import { Card } from "../../../ui/card.tsx";
import styles from "./playground.module.css";
import type { Answer } from "./send-draft.ts";

const firstFault = 400;

function Received({ answer }: { answer: Answer }) {
  const { status, statusText, tookMs, headers, text, picture } = answer;
  return (
    <>
      <p className={styles.status}>
        <strong className={status >= firstFault ? styles.bad : undefined}>{`${status} ${statusText}`.trim()}</strong>
        <span className={styles.hint}>{words.took(formatDuration(tookMs))}</span>
      </p>
      <details className={styles.headers}>
        <summary>{words.headers}</summary>
        <pre className={styles.code}>{headers.map(([name, value]) => `${name}: ${value}`).join("\n")}</pre>
      </details>
      {picture && <img src={picture} alt={words.body} className={styles.picture} />}
      {text && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className={styles.code} tabIndex={0} aria-label={words.body}>
          <pre>{text}</pre>
        </section>
      )}
      {!text && !picture && <p className={styles.hint}>{words.noBody}</p>}
    </>
  );
}

/** What the API answered. */
export const AnswerPanel = ({ answer, hasFailed }: { answer: Answer | null; hasFailed: boolean }) => (
  <Card title={words.answer}>
    <div aria-live="polite">
      {hasFailed && <p role="alert">{words.offline}</p>}
      {answer && <Received answer={answer} />}
      {!answer && !hasFailed && <p className={styles.hint}>{words.answerEmpty}</p>}
    </div>
  </Card>
);
