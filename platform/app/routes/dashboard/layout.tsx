import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useNavigation } from "@remix-run/react";
import { formatCount } from "../../format/format-count.ts";
import { dashboard as words } from "../../messages/en/dashboard.ts";
import { site } from "../../messages/en/site.ts";
import { requirePage } from "../../session/require-page.ts";
import { CloseIcon, CreditsIcon, MenuIcon } from "../../ui/icons/icons.tsx";
import { PopoverPanel, popoverButton } from "../../ui/popover-panel.tsx";
import { DashboardNotices } from "./dashboard-notices.tsx";
import styles from "./layout.module.css";
import { NavigationList } from "./navigation-list.tsx";
import { ProfileMenu } from "./profile-menu.tsx";
import { toDashboardUser } from "./to-dashboard-user.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user, csrfToken } = await requirePage({ request, context }, { beforeSecondFactor: true });
  const { credits, daily_free_credits } = await context.credits.getBalance(user.id);
  return {
    user: toDashboardUser(user),
    csrfToken,
    balance: { paid: credits, free: daily_free_credits },
    development: context.development,
  };
}

type LayoutData = Awaited<ReturnType<typeof loader>>;
export type DashboardUser = LayoutData["user"];
/** What the pages inside get by `useOutletContext<DashboardContext>()`. */
export type DashboardContext = Pick<LayoutData, "user" | "balance" | "csrfToken">;

const drawer = "main-menu";

function CreditsBadge({ paid, free }: LayoutData["balance"]) {
  return (
    <p className={styles.credits} title={words.creditsTitle(formatCount(paid), formatCount(free))}>
      <CreditsIcon />
      {words.credits(formatCount(paid + free))}
    </p>
  );
}

const Brand = () => (
  <a className={styles.brand} href="/" aria-label={site.home}>
    <img src="/icon.svg" alt="" width="28" height="28" />
    <span>{site.name}</span>
  </a>
);

export default function DashboardLayout() {
  const { user, balance, csrfToken, development } = useLoaderData<typeof loader>();
  const isBusy = useNavigation().state !== "idle";
  return (
    <>
      <a className="skip" href="#main">
        {site.skip}
      </a>
      {isBusy && <div className={styles.busy} role="progressbar" aria-label={words.loading} />}
      <div className={styles.shell}>
        <aside className={styles.side}>
          <Brand />
          <NavigationList />
        </aside>
        <header className={styles.top}>
          <button type="button" className={styles.menu} aria-label={words.openNavigation} {...popoverButton(drawer)}>
            <MenuIcon />
          </button>
          <Brand />
          {development && <p className={`banner ${styles.development}`}>{site.development}</p>}
          <CreditsBadge {...balance} />
          <ProfileMenu user={user} />
        </header>
        <main id="main" tabIndex={-1} className={styles.main}>
          <DashboardNotices user={user} />
          <Outlet context={{ user, balance, csrfToken } satisfies DashboardContext} />
        </main>
      </div>
      <PopoverPanel id={drawer} className={styles.drawer}>
        <button type="button" className={styles.menu} aria-label={words.closeNavigation} {...popoverButton(drawer)}>
          <CloseIcon />
        </button>
        <NavigationList />
      </PopoverPanel>
    </>
  );
}
