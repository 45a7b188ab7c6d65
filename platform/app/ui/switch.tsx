import { Link } from "@remix-run/react";
import styles from "./switch.module.css";

interface Props {
  label: string;
  current: string;
  choices: { value: string; label: string; to: string }[];
}

/** A few views of one page to choose from: links, so that each has an address. */
export const Switch = ({ label, current, choices }: Props) => (
  <nav className={styles.switch} aria-label={label}>
    {choices.map(({ value, label: text, to }) => (
      <Link key={value} to={to} aria-current={value === current} preventScrollReset>
        {text}
      </Link>
    ))}
  </nav>
);
