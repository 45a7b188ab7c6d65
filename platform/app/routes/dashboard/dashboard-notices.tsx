import { dashboard as words } from "../../messages/en/dashboard.ts";
import { Notice } from "../../ui/notice.tsx";
import styles from "./layout.module.css";
import type { DashboardUser } from "./layout.tsx";

/** What an account is told on every page until it is settled. */
export function DashboardNotices({ user }: { user: DashboardUser }) {
  if (user.isSuspended) {
    return (
      <div className={styles.notices}>
        <Notice kind="danger">{words.suspended}</Notice>
      </div>
    );
  }
  if (user.isVerified) return null;
  return (
    <div className={styles.notices}>
      <Notice kind="warn">{words.unverified}</Notice>
    </div>
  );
}
