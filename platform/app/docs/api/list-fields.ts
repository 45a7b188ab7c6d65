import { docs } from "../../messages/en/docs.ts";
import type { ApiDocument, Schema } from "./open-api.ts";

const words = docs.api;
const deepest = 3;

export interface Field {
  /** with its parents: error.code, jobs[].status */
  name: string;
  type: string;
  isRequired: boolean;
  about: string;
}

/** The schema that a reference names. */
export function resolve(schema: Schema, document: ApiDocument): Schema {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  const found = name === undefined ? undefined : document.components?.schemas?.[name];
  return found ? resolve(found, document) : schema;
}

/** The parts of allOf as one. */
function flatten(schema: Schema, document: ApiDocument): Schema {
  const own = resolve(schema, document);
  if (!own.allOf) return own;
  const parts = own.allOf.map((part) => flatten(part, document));
  return {
    ...own,
    type: "object",
    properties: Object.assign({}, ...parts.map(({ properties }) => properties), own.properties),
    required: [...parts, own].flatMap(({ required = [] }) => required),
  };
}

/** What of a choice holds something. */
const realChoices = (schema: Schema) => (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== "null");

function typeOf(schema: Schema, document: ApiDocument): string {
  const own = flatten(schema, document);
  const choices = own.anyOf ?? own.oneOf;
  if (choices) return [...new Set(choices.map((one) => typeOf(one, document)))].join(" | ");
  if (own.const !== undefined) return JSON.stringify(own.const);
  const types = [own.type ?? (own.enum ? "string" : "any")].flat();
  const names = types.map((type) => {
    if (type === "array") return `${own.items ? typeOf(own.items, document) : "any"}[]`;
    if (type === "string" && own.format === "binary") return "file";
    return type === "string" && own.format === "date-time" ? "time" : type;
  });
  return names.join(" | ");
}

function aboutOf(schema: Schema, described = ""): string {
  const { description = described, enum: values, minimum, maximum, maxLength, default: preset } = schema;
  const isLarge = (bound: number | undefined) => bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER;
  return [
    description,
    values && `${words.enum} ${values.map(String).join(", ")}`,
    isLarge(minimum) ? "" : words.from(minimum ?? 0),
    isLarge(maximum) ? "" : words.upTo(maximum ?? 0),
    maxLength === undefined ? "" : words.charactersUpTo(maxLength),
    preset === undefined ? "" : words.default(JSON.stringify(preset)),
  ]
    .filter(Boolean)
    .join("; ")
    .replace(/\.;/g, ";");
}

/** Every field of a body or answer, those within others too. */
export function listFields(schema: Schema, document: ApiDocument, parent = "", depth = 0): Field[] {
  const own = flatten(schema, document);
  const [only, ...others] = realChoices(own);
  if (only && !own.properties) {
    return [only, ...others].flatMap((one) => listFields(one, document, parent, depth));
  }
  if (own.items) return listFields(own.items, document, `${parent}[]`, depth);
  return Object.entries(own.properties ?? {}).flatMap(([key, inner]) => {
    const name = parent ? `${parent}.${key}` : key;
    const isRequired = own.required?.includes(key) ?? false;
    const field = { name, type: typeOf(inner, document), isRequired, about: aboutOf(resolve(inner, document)) };
    return [field, ...(depth < deepest ? listFields(inner, document, name, depth + 1) : [])];
  });
}

/** A parameter as a field. */
export const toField = (parameter: { name: string; required?: boolean; description?: string; schema?: Schema }) => ({
  name: parameter.name,
  type: (parameter.schema ? typeOf(parameter.schema, { paths: {} }) : "string").replace(" | null", ""),
  isRequired: parameter.required ?? false,
  about: aboutOf(parameter.schema ?? {}, parameter.description),
});
