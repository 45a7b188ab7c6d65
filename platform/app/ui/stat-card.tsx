import type { ReactNode } from "react";
import styles from "./stat-card.module.css";

/** Some figures side by side. */
export const StatGrid = ({ children }: { children: ReactNode }) => <dl className={styles.grid}>{children}</dl>;

interface Props {
  label: string;
  value: ReactNode;
  children?: ReactNode;
}

/** One figure with what it is and a note. */
export const StatCard = ({ label, value, children }: Props) => (
  <div className={styles.card}>
    <dt>{label}</dt>
    <dd className={styles.value} data-volatile>
      {value}
    </dd>
    {children && <dd className={styles.note}>{children}</dd>}
  </div>
);
