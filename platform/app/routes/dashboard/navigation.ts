import type { ComponentType } from "react";
import { dashboard as words } from "../../messages/en/dashboard.ts";
import { HomeIcon, SettingsIcon } from "../../ui/icons/icons.tsx";

export interface NavigationEntry {
  to: string;
  label: string;
  icon: ComponentType;
  /** the entry is current on its own page only, not on those below it */
  end?: boolean;
}

/** The dashboard's pages as its navigation lists them. */
export const navigation: NavigationEntry[] = [
  { to: "/dashboard", label: words.entries.home, icon: HomeIcon, end: true },
  { to: "/dashboard/settings", label: words.entries.settings, icon: SettingsIcon },
];
