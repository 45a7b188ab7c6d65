import { useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { publicTexts as texts } from "../messages/en/public.ts";
import { site } from "../messages/en/site.ts";
import type { loader } from "../root.tsx";
import { ColourChoice } from "../ui/colour-choice.tsx";
import styles from "./public-frame.module.css";

const links = [
  { href: "/#how", text: texts.links.how },
  { href: "/#try", text: texts.links.try },
  { href: "/#pricing", text: texts.links.pricing },
  { href: "/docs", text: texts.links.docs },
];

/** Only where the platform runs for development. */
function Development({ shopUrl }: { shopUrl: string | null }) {
  const development = useRouteLoaderData<typeof loader>("root")?.development;
  if (!development) return null;
  return (
    <p className={styles.development}>
      {site.development} {shopUrl && <a href={shopUrl}>{texts.demoShop}</a>} <a href="/dev/outbox">{texts.outbox}</a>
    </p>
  );
}

function Head() {
  return (
    <header className={styles.head}>
      <div className={styles.bar}>
        <a className={styles.brand} href="/" aria-label={site.home}>
          <img src="/icon.svg" alt="" width="28" height="28" />
          {site.name}
        </a>
        <nav className={styles.links} aria-label={texts.nav}>
          {links.map(({ href, text }) => (
            <a key={href} href={href}>
              {text}
            </a>
          ))}
        </nav>
        <a className={styles.signIn} href="/login">
          {texts.signIn}
        </a>
        <a className={`button ${styles.start}`} href="/register">
          {texts.register}
        </a>
        <details className={styles.menu}>
          <summary>{texts.menu}</summary>
          <nav aria-label={texts.menu}>
            {links.map(({ href, text }) => (
              <a key={href} href={href}>
                {text}
              </a>
            ))}
            <a href="/login">{texts.signIn}</a>
          </nav>
        </details>
      </div>
    </header>
  );
}

const { foot } = texts;
const columns = [
  {
    title: foot.product,
    links: [
      ["/#how", texts.links.how],
      ["/#try", texts.links.try],
      ["/#pricing", texts.links.pricing],
      ["/docs/engine", foot.engine],
    ],
  },
  {
    title: foot.developers,
    links: [
      ["/docs/quick-start", foot.quickStart],
      ["/docs/shop", foot.shop],
      ["/docs/widget", foot.widget],
      ["/docs/api", foot.api],
    ],
  },
  {
    title: foot.company,
    links: [
      ["/docs/errors", foot.errors],
      ["/docs/test-mode", foot.testMode],
      ["/docs/changelog", foot.changelog],
      ["/readyz", foot.health],
    ],
  },
] as const;

function Foot({ version }: { version: string }) {
  return (
    <footer className={styles.foot}>
      <nav className={styles.columns} aria-label={foot.label}>
        {columns.map((column) => (
          <div key={column.title}>
            <h2>{column.title}</h2>
            <ul>
              {column.links.map(([href, text]) => (
                <li key={href}>
                  <a href={href}>{text}</a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      <div className={styles.last}>
        <p>
          {foot.version(version)}. {foot.people}
        </p>
        <ColourChoice />
      </div>
    </footer>
  );
}

interface Props {
  version: string;
  /** where the demo shop runs, when it does */
  shopUrl: string | null;
  children: ReactNode;
}

/** Head and foot of the public pages. They are plain HTML: links load pages, and nothing waits for a script. */
export function PublicFrame({ version, shopUrl, children }: Props) {
  return (
    <>
      <a className="skip" href="#main">
        {site.skip}
      </a>
      <Development shopUrl={shopUrl} />
      <Head />
      {children}
      <Foot version={version} />
    </>
  );
}
