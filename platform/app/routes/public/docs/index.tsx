import type { MetaFunction } from "@remix-run/node";
import { DocPage } from "../../../docs/doc-page.tsx";
import styles from "../../../docs/docs.module.css";
import { docs } from "../../../messages/en/docs.ts";
import { site } from "../../../messages/en/site.ts";

export const meta: MetaFunction = () => [
  { title: site.titleOf(docs.title) },
  { name: "description", content: docs.index.lead },
];

export default function DocsIndex() {
  return (
    <DocPage title={docs.title} lead={docs.index.lead} toc={[]}>
      <ul className={styles.cards}>
        {docs.index.cards.map(({ href, title, text }) => (
          <li key={href}>
            <a href={href}>
              <strong>{title}</strong>
              <span>{text}</span>
            </a>
          </li>
        ))}
      </ul>
    </DocPage>
  );
}
