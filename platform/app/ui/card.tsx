import type { ReactNode } from "react";
import { useId } from "react";
import styles from "./card.module.css";

interface Props {
  title: string;
  /** at the end of the title's line */
  note?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page. */
export function Card({ title, note, children }: Props) {
  const id = useId();
  return (
    <section className={styles.card} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id}>{title}</h2>
        {note && <p>{note}</p>}
      </div>
      {children}
    </section>
  );
}
