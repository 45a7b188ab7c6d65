import { NavLink, Outlet } from "@remix-run/react";
import { settings as words } from "../../../messages/en/settings.ts";
import type { RouteHandle } from "../../../route-handle.ts";
import { MantineForms } from "../../../ui/form/mantine-forms.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import styles from "./settings.module.css";

const pages = [
  { to: "/dashboard/settings", label: words.profile.title, end: true },
  { to: "/dashboard/settings/security", label: words.security.title },
  { to: "/dashboard/settings/billing", label: words.billing.title },
  { to: "/dashboard/settings/try-on", label: words.tryOn.title },
  { to: "/dashboard/settings/data", label: words.data.title },
];

export const handle: RouteHandle = { isStatic: true };

/** The frame of the settings: one page for each part. */
export default function SettingsLayout() {
  return (
    <MantineForms>
      <PageHeader title={words.title} />
      <nav aria-label={words.pages} className={styles.parts}>
        {pages.map(({ to, label, end }) => (
          <NavLink key={to} to={to} end={end}>
            {label}
          </NavLink>
        ))}
      </nav>
      <div className={styles.cards}>
        <Outlet />
      </div>
    </MantineForms>
  );
}
