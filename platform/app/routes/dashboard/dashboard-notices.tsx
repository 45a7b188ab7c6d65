import { useSearchParams } from "@remix-run/react";
import { dashboard as words } from "../../messages/en/dashboard.ts";
import { Notice } from "../../ui/notice.tsx";
import styles from "./layout.module.css";
import type { DashboardUser } from "./layout.tsx";

function Standing({ user }: { user: DashboardUser }) {
  if (user.isSuspended) return <Notice kind="danger">{words.suspended}</Notice>;
  if (user.isVerified) return null;
  return (
    <Notice kind="warn">
      {words.unverified} <a href="/verify-email">{words.verify}</a>
    </Notice>
  );
}

/** What an account is told on every page until it is settled, and what the last form did: it leads to a page with `?done=…`. */
export function DashboardNotices({ user }: { user: DashboardUser }) {
  const done = words.done[useSearchParams()[0].get("done") ?? ""];
  if (!done && user.isVerified && !user.isSuspended) return null;
  return (
    <div className={styles.notices}>
      {done && <Notice kind="ok">{done}</Notice>}
      <Standing user={user} />
    </div>
  );
}
