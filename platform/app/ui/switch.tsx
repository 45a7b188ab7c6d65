import { Link } from "@remix-run/react";
import styles from "./segmented.module.css";

interface Props {
  label: string;
  current: string;
  choices: { value: string; label: string; to: string }[];
}

/** A few views of one page to choose from: links, so that each has an address. */
export const Switch = ({ label, current, choices }: Props) => (
  <nav className={styles.segmented} aria-label={label}>
    {choices.map(({ value, label: text, to }) => (
      <Link key={value} to={to} aria-current={value === current} preventScrollReset className={styles.segment}>
        {text}
      </Link>
    ))}
  </nav>
);
