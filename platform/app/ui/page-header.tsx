import type { ReactNode } from "react";
import styles from "./page-header.module.css";

interface Props {
  title: string;
  lead?: string;
  /** buttons at the end of the line */
  children?: ReactNode;
}

/** The head of every page of the dashboard. */
export function PageHeader({ title, lead, children }: Props) {
  return (
    <header className={styles.header}>
      <div>
        <h1>{title}</h1>
        {lead && <p>{lead}</p>}
      </div>
      {children && <div className="row">{children}</div>}
    </header>
  );
}
