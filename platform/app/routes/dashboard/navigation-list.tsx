import { NavLink } from "@remix-run/react";
import { dashboard as words } from "../../messages/en/dashboard.ts";
import styles from "./layout.module.css";
import { navigation } from "./navigation.ts";

/** The links to the dashboard's pages. */
export function NavigationList() {
  return (
    <nav aria-label={words.navigation}>
      <ul className={styles.entries}>
        {navigation.map(({ to, label, icon: EntryIcon, end }) => (
          <li key={to}>
            <NavLink to={to} end={end} className={styles.entry} prefetch="none">
              <EntryIcon />
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
