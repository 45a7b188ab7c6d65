import type { LoaderFunctionArgs } from "@remix-run/node";
import { Outlet, useLoaderData, useLocation } from "@remix-run/react";
import { apiSections } from "../../../docs/api/open-api.ts";
import styles from "../../../docs/docs.module.css";
import { docs } from "../../../messages/en/docs.ts";
import { publicTexts } from "../../../messages/en/public.ts";
import copyScript from "../../../public/copy.js?url&no-inline";
import "../../../public/public.css";
import { PublicFrame } from "../../../public/public-frame.tsx";
import type { RouteHandle } from "../../../route-handle.ts";

export const handle: RouteHandle = { isStatic: true };

export const loader = ({ context }: LoaderFunctionArgs) => ({
  version: context.version,
  shopUrl: context.shopUrl,
  sections: apiSections(context.openApi()).map(({ slug, name }) => ({ slug, name })),
});

const { groups, pages } = docs;
const before = [
  {
    title: groups.start,
    links: [
      ["/docs", pages.index],
      ["/docs/quick-start", pages.quickStart],
      ["/docs/test-mode", pages.testMode],
    ],
  },
  {
    title: groups.widget,
    links: [
      ["/docs/shop", pages.shop],
      ["/docs/widget", pages.widget],
    ],
  },
] as const;
const after = {
  title: groups.more,
  links: [
    ["/docs/engine", pages.engine],
    ["/docs/webhooks", pages.webhooks],
    ["/docs/changelog", pages.changelog],
  ],
} as const;

interface Group {
  title: string;
  links: readonly (readonly [string, string])[];
}

function Groups({ all }: { all: Group[] }) {
  const { pathname } = useLocation();
  return all.map(({ title, links }) => (
    <div key={title} className={styles.group}>
      <h2>{title}</h2>
      <ul>
        {links.map(([href, text]) => (
          <li key={href}>
            <a href={href} aria-current={pathname === href ? "page" : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  ));
}

/** The frame of the documentation: its pages at the side, on a phone behind one line. */
export default function DocsLayout() {
  const { version, shopUrl, sections } = useLoaderData<typeof loader>();
  const api: Group = {
    title: groups.api,
    links: [
      ["/docs/api", pages.reference],
      ...sections.map(({ slug, name }) => [`/docs/api/${slug}`, name] as const),
      ["/docs/errors", pages.errors],
    ],
  };
  const all = [...before, api, after];
  return (
    <PublicFrame version={version} shopUrl={shopUrl}>
      <div className={styles.frame}>
        <details className={styles.phoneNav}>
          <summary>{docs.all}</summary>
          <nav aria-label={docs.all}>
            <Groups all={all} />
          </nav>
        </details>
        <nav className={styles.nav} aria-label={docs.nav}>
          <Groups all={all} />
        </nav>
        <Outlet />
      </div>
      <script type="module" src={copyScript} data-copy={publicTexts.copy} data-copied={publicTexts.copied} />
    </PublicFrame>
  );
}
