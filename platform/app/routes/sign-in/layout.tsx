import { Outlet, useRouteLoaderData } from "@remix-run/react";
import { site } from "../../messages/en/site.ts";
import type { loader } from "../../root.tsx";
import type { RouteHandle } from "../../route-handle.ts";
import { ColourChoice } from "../../ui/colour-choice.tsx";
import styles from "./layout.module.css";

export const handle: RouteHandle = { isStatic: true };

/** The frame of the sign-in pages: one card, no script. */
export default function SignInLayout() {
  const development = useRouteLoaderData<typeof loader>("root")?.development;
  return (
    <div className={styles.frame}>
      <header className={styles.head}>
        <a className={styles.brand} href="/" aria-label={site.home}>
          <img src="/icon.svg" alt="" width="32" height="32" />
          {site.name}
        </a>
        {development && <p className="banner">{site.development}</p>}
      </header>
      <main id="main" className={styles.card}>
        <Outlet />
      </main>
      <footer className={styles.foot}>
        <ColourChoice />
      </footer>
    </div>
  );
}
