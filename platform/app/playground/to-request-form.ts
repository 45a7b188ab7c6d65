import type { ApiDocument, Endpoint, Schema } from "../docs/api/open-api.ts";

type FieldKind = "text" | "number" | "choice" | "file" | "list" | "json";

/** One value of a request that can be filled in. */
export interface RequestField {
  place: "path" | "query" | "header" | "body";
  name: string;
  kind: FieldKind;
  options: string[];
  isRequired: boolean;
  about: string;
  /** what the document gives as an example, or its default */
  example: string;
}

export type Credential = "secretKey" | "publishableKey" | "session" | "none";

/** What a request to an endpoint is made of. */
export interface RequestForm {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  credentials: Credential[];
  /** what the body is sent as */
  bodyKind: "json" | "multipart" | null;
  fields: RequestField[];
}

const multipart = "multipart/form-data";
const credentials: Credential[] = ["secretKey", "publishableKey", "session"];
const notFilledIn = /^(x-job-token|if-none-match)$/i;

/** The schema that a reference names. */
function resolve(schema: Schema, document: ApiDocument): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  const found = name === undefined ? undefined : document.components?.schemas?.[name];
  return found ? resolve(found, document) : schema;
}

/** A schema without the choice of null: the first thing that it can hold. */
function plain(schema: Schema, document: ApiDocument): Schema {
  const own = resolve(schema, document);
  const choices = (own.anyOf ?? own.oneOf ?? []).map((one) => resolve(one, document));
  const [first] = choices.filter(({ type }) => type !== "null");
  return own.type === undefined && first ? { ...first, description: own.description ?? first.description } : own;
}

function kindOf(schema: Schema): FieldKind {
  const type = [schema.type ?? "string"].flat().find((one) => one !== "null");
  if (schema.format === "binary") return "file";
  if (schema.enum || schema.const !== undefined || type === "boolean") return "choice";
  if (type === "array") return "list";
  if (type === "object") return "json";
  return type === "integer" || type === "number" ? "number" : "text";
}

function optionsOf({ enum: values, const: only, type }: Schema): string[] {
  if (values) return values.filter((one) => one !== null).map(String);
  if (only !== undefined) return [String(only)];
  return type === "boolean" ? ["true", "false"] : [];
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.join("\n");
  return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
}

interface Given {
  place: RequestField["place"];
  name: string;
  schema: Schema;
  isRequired: boolean;
  about?: string;
  example: unknown;
}

function toField({ place, name, schema, isRequired, about, example }: Given): RequestField {
  const kind = kindOf(schema);
  return {
    place,
    name,
    kind,
    options: optionsOf(schema),
    isRequired,
    about: about ?? schema.description ?? "",
    // a file is chosen, whatever the document calls an example
    example: kind === "file" ? "" : textOf(example ?? schema.default),
  };
}

/** The body that can be sent from a page: files where the endpoint takes them. */
function chooseBody({ operation: { requestBody } }: Endpoint) {
  const content = requestBody?.content ?? {};
  if (content[multipart]) return { kind: "multipart" as const, ...content[multipart] };
  return content["application/json"] ? { kind: "json" as const, ...content["application/json"] } : null;
}

function bodyFields(endpoint: Endpoint, document: ApiDocument): RequestField[] {
  const body = chooseBody(endpoint);
  const schema = body?.schema ? resolve(body.schema, document) : null;
  // the example of JSON stands for a form's as well, but for its files
  const example = body?.example ?? endpoint.operation.requestBody?.content["application/json"]?.example;
  return Object.entries(schema?.properties ?? {}).map(([name, inner]) =>
    toField({
      place: "body",
      name,
      schema: plain(inner, document),
      isRequired: schema?.required?.includes(name) ?? false,
      example: (example as Record<string, unknown> | undefined)?.[name],
    }),
  );
}

function parameterFields({ operation }: Endpoint, document: ApiDocument): RequestField[] {
  const places = ["path", "query", "header"] as const;
  return (operation.parameters ?? []).flatMap((one) => {
    const place = places.find((known) => known === one.in);
    if (!place || notFilledIn.test(one.name)) return [];
    const schema = plain(one.schema ?? {}, document);
    const isRequired = place === "path" || one.required === true;
    return [toField({ place, name: one.name, schema, isRequired, about: one.description, example: undefined })];
  });
}

/** What can be filled in for one endpoint, from the OpenAPI document alone. */
export function toRequestForm(endpoint: Endpoint, document: ApiDocument): RequestForm {
  const { operation, method, path, id } = endpoint;
  const asked = (operation.security ?? []).flatMap((one) => Object.keys(one));
  const possible = credentials.filter((name) => asked.includes(name));
  return {
    id,
    method,
    path,
    summary: operation.summary ?? "",
    // written for readers of Markdown
    description: (operation.description ?? "").replaceAll("`", ""),
    credentials: possible.length > 0 ? possible : ["none"],
    bodyKind: chooseBody(endpoint)?.kind ?? null,
    fields: [...parameterFields(endpoint, document), ...bodyFields(endpoint, document)],
  };
}
