import type { MetaFunction } from "@remix-run/node";
import type { ErrorRow } from "../../../../core/errors.ts";
import { errorTable } from "../../../../core/errors.ts";
import { Code } from "../../../docs/code.tsx";
import { DocPage } from "../../../docs/doc-page.tsx";
import styles from "../../../docs/reference.module.css";
import { docs } from "../../../messages/en/docs.ts";
import { site } from "../../../messages/en/site.ts";

const words = docs.errors;
const jobGroup = "job";

export const meta: MetaFunction = () => [
  { title: site.titleOf(words.title) },
  { name: "description", content: words.lead },
];

const envelope = `{
  "error": {
    "code": "no_person_detected",
    "message": "No person was found.",
    "retryable": false,
    "doc_url": "…/docs/errors#no_person_detected"
  },
  "request_id": "019ab3f2-1a2b-7c3d-8e4f-5a6b7c8d9e0f"
}`;

const rows = Object.entries(errorTable) as [string, ErrorRow][];
const groupOf = ([, { jobOnly, status }]: [string, ErrorRow]) =>
  jobOnly ? words.ofJob : (words.groups[status] ?? String(status));
const groups = [...new Set(rows.map(groupOf))].map((name) => ({
  name,
  id: name === words.ofJob ? jobGroup : name.toLowerCase().replaceAll(" ", "-"),
  rows: rows.filter((row) => groupOf(row) === name),
}));
const toc = [{ id: "envelope", text: words.envelope }, ...groups.map(({ id, name }) => ({ id, text: name }))];

/** Every code of the table, with an anchor of its name: doc_url leads here. */
export default function ErrorsPage() {
  return (
    <DocPage title={words.title} lead={words.lead} toc={toc}>
      <h2 id="envelope">{words.envelope}</h2>
      <Code language="json" text={envelope} />
      <ul>
        {[words.jobs, words.retry, words.unknown, words.request].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      {groups.map((group) => (
        <section key={group.id} aria-labelledby={group.id}>
          <h2 id={group.id}>{group.name}</h2>
          <dl className={styles.codes}>
            {group.rows.map(([code, { status, jobOnly, message, hint, retryable }]) => (
              <div key={code} id={code}>
                <dt>
                  <a href={`#${code}`}>
                    <code>{code}</code>
                  </a>
                  <span className={styles.status}>{jobOnly ? words.ofJob : status}</span>
                  {retryable && <span className={styles.retry}>{words.again}</span>}
                </dt>
                <dd>
                  {message} {hint}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </DocPage>
  );
}
