import { isErrorCode } from "../../../core/errors.ts";
import { docs } from "../../messages/en/docs.ts";
import { Code } from "../code.tsx";
import { Inline } from "../inline.tsx";
import styles from "../reference.module.css";
import { exampleCall } from "./example-call.ts";
import { FieldsTable } from "./fields-table.tsx";
import { listFields, toField } from "./list-fields.ts";
import type { ApiDocument, Endpoint, Operation } from "./open-api.ts";
import { isJson } from "./open-api.ts";

const words = docs.api;
const firstFault = 400;

const credentialText = ({ security = [] }: Operation) =>
  security
    .map((one) => Object.keys(one).map((name) => words.credentialNames[name] ?? name))
    .map((names) => names.join(` ${words.with} `))
    .join(` ${words.or} `);

const answersOf = ({ responses }: Operation) =>
  Object.entries(responses).filter(([status]) => Number(status) < firstFault);

/** The codes that a description lists, or else what it says. */
const errorsOf = ({ responses }: Operation) =>
  Object.entries(responses)
    .filter(([status]) => Number(status) >= firstFault)
    .map(([status, { description }]) => {
      const codes = description.split(", ");
      return codes.every(isErrorCode) ? { status, codes, text: "" } : { status, codes: [], text: description };
    });

interface Props {
  endpoint: Endpoint;
  document: ApiDocument;
}

function Body({ endpoint, document }: Props) {
  const contents = Object.entries(endpoint.operation.requestBody?.content ?? {});
  const main = contents.find(([type]) => isJson(type)) ?? contents[0];
  if (!main) return null;
  const [, { schema }] = main;
  const others = contents.filter((one) => one !== main).map(([type]) => type);
  return (
    <>
      <h4>
        {words.body} <span className={styles.aside}>{[main[0], ...others].join(` ${words.orAs} `)}</span>
      </h4>
      {schema && <FieldsTable caption={words.body} fields={listFields(schema, document)} />}
    </>
  );
}

function Answers({ endpoint, document }: Props) {
  const told = new Set<string>();
  return answersOf(endpoint.operation).map(([status, { description, content = {} }]) => {
    const [type, shown] = Object.entries(content)[0] ?? [];
    const example = shown?.example === undefined ? "" : JSON.stringify(shown.example, null, 2);
    // 202 often answers with what 200 does: once is enough
    const isNew = !told.has(example);
    told.add(example);
    const fields = shown?.schema ? listFields(shown.schema, document) : [];
    return (
      <div key={status} className={styles.answer}>
        <h4>
          <span className={styles.status}>{status}</span> {description}{" "}
          {type && !isJson(type) && <span className={styles.aside}>{type}</span>}
        </h4>
        {fields.length > 0 && (
          <details>
            <summary>{words.fields(fields.length)}</summary>
            <FieldsTable caption={`${words.answers} ${status}`} fields={fields} />
          </details>
        )}
        {example && isNew && <Code language="json" text={example} />}
      </div>
    );
  });
}

function Errors({ endpoint }: { endpoint: Endpoint }) {
  const errors = errorsOf(endpoint.operation);
  if (errors.length === 0) return null;
  return (
    <>
      <h4>{words.errors}</h4>
      <ul className={styles.errors}>
        {errors.map(({ status, codes, text }) => (
          <li key={status}>
            <span className={styles.status}>{status}</span>
            <span>
              {text}
              {codes.map((code) => (
                <a key={code} href={`/docs/errors#${code}`}>
                  <code>{code}</code>
                </a>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** One endpoint: what it is for, what it takes, what it answers, what can go wrong, and how it is called. */
export function EndpointView({ endpoint, document, base }: Props & { base: string }) {
  const { id, method, path, operation } = endpoint;
  const parameters = operation.parameters ?? [];
  return (
    <section className={styles.endpoint} aria-labelledby={id}>
      <h2 id={id}>
        <a className="anchor" href={`#${id}`}>
          {operation.summary}
        </a>
      </h2>
      <p className={styles.address}>
        <span className={styles.method} data-method={method}>
          {method}
        </span>
        <code>{path}</code>
      </p>
      {operation.description && (
        <p>
          <Inline text={operation.description} />
        </p>
      )}
      <p className={styles.credential}>
        <strong>{words.auth}:</strong> {credentialText(operation) || words.public}
      </p>
      <Code language="sh" label={words.request} text={exampleCall(endpoint, base)} />
      {parameters.length > 0 && (
        <>
          <h4>{words.parameters}</h4>
          <FieldsTable
            caption={words.parameters}
            fields={parameters.map((one) => {
              const field = toField(one);
              return { ...field, about: [words.in[one.in], field.about].filter(Boolean).join("; ") };
            })}
          />
        </>
      )}
      <Body endpoint={endpoint} document={document} />
      <h3 className={styles.answersTitle}>{words.answers}</h3>
      <Answers endpoint={endpoint} document={document} />
      <Errors endpoint={endpoint} />
    </section>
  );
}
