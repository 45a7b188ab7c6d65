import type { ReactNode } from "react";
import styles from "./install.module.css";

interface Props {
  id: string;
  title: string;
  lead?: string;
  children: ReactNode;
}

/** A titled part of the install page. */
export const Section = ({ id, title, lead, children }: Props) => (
  <section className={styles.section} aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {lead && <p className={styles.lead}>{lead}</p>}
    {children}
  </section>
);
