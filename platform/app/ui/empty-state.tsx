import type { ReactNode } from "react";
import styles from "./empty-state.module.css";

interface Props {
  title: string;
  text: string;
  /** what to do about it */
  children?: ReactNode;
}

/** What stands where there is nothing yet. */
export const EmptyState = ({ title, text, children }: Props) => (
  <div className={styles.empty}>
    <h2>{title}</h2>
    <p>{text}</p>
    {children}
  </div>
);
