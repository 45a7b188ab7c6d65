import { landing } from "../messages/en/landing.ts";
import styles from "./limits.module.css";
import sections from "./sections.module.css";

const { limits } = landing;
const lists = [
  { title: limits.works, items: limits.worksItems, kind: "ok" },
  { title: limits.refuses, items: limits.refusesItems, kind: "no" },
  { title: limits.weak, items: limits.weakItems, kind: "weak" },
];

/** What the local engine cannot do, said before somebody finds out. */
export function Limits() {
  return (
    <section className={styles.tinted} aria-labelledby="limits-title">
      <div className={sections.section}>
        <header className={sections.header}>
          <h2 id="limits-title">{limits.title}</h2>
          <p>{limits.lead}</p>
        </header>
        <div className={styles.lists}>
          {lists.map(({ title, items, kind }) => (
            <div key={title} data-kind={kind}>
              <h3>{title}</h3>
              <ul>
                {items.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            </div>
          ))}
        </div>
        <p>
          <a href="/docs/engine#how-good-it-is-today">{limits.more}</a>
        </p>
      </div>
    </section>
  );
}
