import { Link } from "@remix-run/react";
import styles from "./pager.module.css";

interface Props {
  label: string;
  links: ({ text: string; to: string; rel?: "next" | "prev" } | null)[];
}

/** The ways to the other pages of a list; nothing where there are none. */
export function Pager({ label, links }: Props) {
  const there = links.flatMap((link) => link ?? []);
  if (there.length === 0) return null;
  return (
    <nav className={styles.pager} aria-label={label}>
      {there.map(({ text, to, rel }) => (
        <Link key={text} to={to} rel={rel}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
