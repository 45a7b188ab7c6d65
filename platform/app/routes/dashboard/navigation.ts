import type { ComponentType } from "react";
import { dashboard as words } from "../../messages/en/dashboard.ts";
import { HomeIcon, SettingsIcon } from "../../ui/icons/icons.tsx";
import { CodeIcon, CoinsIcon, HistoryIcon, ShirtIcon } from "../../ui/icons/job-icons.tsx";
import { InstallIcon, KeyIcon } from "../../ui/icons/key-icons.tsx";

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
  { to: "/dashboard/try-on", label: words.entries.tryOn, icon: ShirtIcon },
  { to: "/dashboard/history", label: words.entries.history, icon: HistoryIcon },
  { to: "/dashboard/playground", label: words.entries.playground, icon: CodeIcon },
  { to: "/dashboard/credits", label: words.entries.credits, icon: CoinsIcon },
  { to: "/dashboard/install", label: words.entries.install, icon: InstallIcon },
  { to: "/dashboard/keys", label: words.entries.keys, icon: KeyIcon },
  { to: "/dashboard/settings", label: words.entries.settings, icon: SettingsIcon },
];
