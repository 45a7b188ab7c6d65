import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { apiSections } from "../../../docs/api/open-api.ts";
import { Code } from "../../../docs/code.tsx";
import { DocPage } from "../../../docs/doc-page.tsx";
import styles from "../../../docs/reference.module.css";
import { docs } from "../../../messages/en/docs.ts";
import { site } from "../../../messages/en/site.ts";

const words = docs.api;

export const meta: MetaFunction = () => [
  { title: site.titleOf(words.title) },
  { name: "description", content: words.lead },
];

export function loader({ context }: LoaderFunctionArgs) {
  const sections = apiSections(context.openApi()).map(({ name, slug, endpoints }) => ({
    name,
    slug,
    endpoints: endpoints.map(({ id, method, path, operation }) => ({ id, method, path, summary: operation.summary })),
  }));
  return { sections, base: `${context.publicUrl}/api/v1` };
}

type Section = Awaited<ReturnType<typeof loader>>["sections"][number];

function EndpointList({ section }: { section: Section }) {
  return (
    <>
      <h3>
        <a href={`/docs/api/${section.slug}`}>{section.name}</a>
      </h3>
      <ul className={styles.endpoints}>
        {section.endpoints.map(({ id, method, path, summary }) => (
          <li key={id}>
            <a href={`/docs/api/${section.slug}#${id}`}>
              <span className={styles.method} data-method={method}>
                {method}
              </span>
              <code>{path}</code>
              <span>{summary}</span>
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Rows({ rows }: { rows: string[][] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="table" tabIndex={0}>
      <table>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell) => (
                <td key={cell}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const toc = [
  { id: "base", text: words.base },
  { id: "credentials", text: words.credentials },
  { id: "conventions", text: words.conventions },
  { id: "limits", text: words.limits },
  { id: "endpoints", text: words.endpoints },
];

export default function ApiIndex() {
  const { sections, base } = useLoaderData<typeof loader>();
  return (
    <DocPage title={words.title} lead={words.lead} toc={toc}>
      <h2 id="base">{words.base}</h2>
      <Code language="" label={words.base} text={base} />
      <p>
        <a href="/api/v1/openapi.json">{words.document}</a>
      </p>
      <h2 id="credentials">{words.credentials}</h2>
      <Rows rows={words.credentialRows} />
      <p>{words.credentialNote}</p>
      <h2 id="conventions">{words.conventions}</h2>
      <ul>
        {words.conventionRows.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <h2 id="limits">{words.limits}</h2>
      <Rows rows={words.limitRows} />
      <p>{words.limitNote}</p>
      <h2 id="endpoints">{words.endpoints}</h2>
      {sections.map((section) => (
        <EndpointList key={section.slug} section={section} />
      ))}
    </DocPage>
  );
}
