import { dashboard as words } from "../../messages/en/dashboard.ts";
import { ColourChoice } from "../../ui/colour-choice.tsx";
import { CsrfField } from "../../ui/csrf-field.tsx";
import { SignOutIcon } from "../../ui/icons/icons.tsx";
import { PopoverPanel, popoverButton } from "../../ui/popover-panel.tsx";
import styles from "./layout.module.css";
import type { DashboardUser } from "./layout.tsx";

const id = "profile-menu";

/** Who is signed in, the colours, and the way out. */
export function ProfileMenu({ user }: { user: DashboardUser }) {
  return (
    <>
      <button type="button" className={styles.avatar} aria-label={words.account(user.email)} {...popoverButton(id)}>
        <span aria-hidden="true">{user.initials}</span>
      </button>
      <PopoverPanel id={id} className={styles.profile}>
        <p className={styles.who}>
          <strong>{user.name}</strong>
          {user.name !== user.email && <span>{user.email}</span>}
        </p>
        <ColourChoice />
        <form method="post" action="/sign-out">
          <CsrfField />
          <button type="submit" className={styles.menuItem}>
            <SignOutIcon />
            {words.signOut}
          </button>
        </form>
      </PopoverPanel>
    </>
  );
}
