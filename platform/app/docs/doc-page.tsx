import type { ReactNode } from "react";
import { docs } from "../messages/en/docs.ts";
import styles from "./docs.module.css";

export interface TocEntry {
  id: string;
  text: string;
}

interface Props {
  title: string;
  lead?: string;
  toc: TocEntry[];
  children: ReactNode;
}

/** One page of the documentation, with the table of its sections beside it. */
export function DocPage({ title, lead, toc, children }: Props) {
  return (
    <>
      <main id="main" className={styles.content}>
        <h1>{title}</h1>
        {lead && <p className={styles.lead}>{lead}</p>}
        {children}
      </main>
      {toc.length > 1 && (
        <aside className={styles.toc}>
          <nav aria-label={docs.toc}>
            <h2>{docs.toc}</h2>
            <ul>
              {toc.map(({ id, text }) => (
                <li key={id}>
                  <a href={`#${id}`}>{text}</a>
                </li>
              ))}
            </ul>
          </nav>
        </aside>
      )}
    </>
  );
}
