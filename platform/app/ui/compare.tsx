import type { CSSProperties } from "react";
import { useState } from "react";
import { tryOnWords as words } from "../messages/en/try-on.ts";
import styles from "./compare.module.css";

interface Props {
  before: string;
  after: string;
  /** shown until `after` has come */
  smallAfter?: string | null;
}

/** Before and after, with a border between them that pointer and keys move: a native slider lies over the pictures. */
export function Compare({ before, after, smallAfter }: Props) {
  const [at, setAt] = useState(50);
  return (
    <div className={styles.compare} style={{ "--at": `${at}%` } as CSSProperties}>
      {smallAfter && <img src={smallAfter} alt="" />}
      <img src={after} alt={words.after} />
      <img src={before} alt={words.before} className={styles.before} />
      <input
        type="range"
        className={styles.range}
        min={0}
        max={100}
        value={at}
        aria-label={words.compare}
        onChange={(event) => setAt(Number(event.target.value))}
      />
      <span className={styles.line} />
      <span className={`${styles.label} ${styles.start}`} aria-hidden="true">
        {words.before}
      </span>
      <span className={`${styles.label} ${styles.end}`} aria-hidden="true">
        {words.after}
      </span>
    </div>
  );
}
