import { Ajv2020 } from "ajv/dist/2020.js";

type Json = Record<string, unknown>;
interface Operation {
  responses: Record<string, { description: string; content?: Record<string, { schema?: Json; example?: unknown }> }>;
  requestBody?: { content: Record<string, { schema?: Json; example?: unknown }> };
  security?: Record<string, string[]>[];
}
export interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

/**
 * No property beyond those that the document names: what it does not tell must not be served. Closed where a schema is
 * used and not where it is a part of another (allOf), so that extended ones are whole.
 */
function closed(value: unknown, isPart = false): unknown {
  if (Array.isArray(value)) return value.map((one) => closed(one));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as Json).map(([name, inner]) => [
    name,
    name === "allOf" && Array.isArray(inner) ? inner.map((one) => closed(one, true)) : closed(inner),
  ]);
  const schema = Object.fromEntries(entries) as Json;
  const isObject = schema.type === "object" && schema.properties && schema.additionalProperties === undefined;
  const isOpen = isObject || typeof schema.$ref === "string" || Array.isArray(schema.allOf);
  return isOpen && !isPart ? { ...schema, unevaluatedProperties: false } : schema;
}

const closedComponents = ({ schemas }: OpenApiDocument["components"]) => ({
  schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema, true)])),
});

/** Holds answers and examples to an OpenAPI document. */
export function createAnswerCheck(document: OpenApiDocument) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  const components = closedComponents(document.components);
  const compiled = new Map<unknown, ReturnType<typeof ajv.compile>>();
  const faultsOf = (schema: Json, value: unknown): string | null => {
    const validate = compiled.get(schema) ?? ajv.compile({ ...(closed(schema) as Json), components } as Json);
    compiled.set(schema, validate);
    return validate(value) ? null : ajv.errorsText(validate.errors);
  };
  const templates = Object.keys(document.paths)
    .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`) }))
    // a literal path goes before one with a place in it
    .sort((a, b) => Number(a.path.includes("{")) - Number(b.path.includes("{")));

  return {
    faultsOf,
    /** Throws when an answer is not one that the document names for this path and method. */
    check: async (method: string, path: string, answer: Response) => {
      const bare = path.split("?")[0] ?? "";
      const template = templates.find(({ pattern }) => pattern.test(bare))?.path;
      const operation = template && document.paths[template]?.[method.toLowerCase()];
      if (!operation) return;
      const name = `${method} ${template} ${answer.status}`;
      const response = operation.responses[String(answer.status)];
      if (!response) throw new Error(`${name} is not in the OpenAPI document: ${await answer.clone().text()}`);
      const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
      const schema = response.content?.[type]?.schema;
      if (type !== "application/json" || !schema) return;
      const body = await answer.clone().json();
      const faults = faultsOf(schema, body);
      if (faults) throw new Error(`${name} is not as the OpenAPI document says: ${faults}`);
      const code = (body as { error?: { code?: string } }).error?.code;
      const listed = response.description.split(", ");
      // where the description is a list of codes
      const isListed = !listed.every((one) => /^[a-z_]+$/.test(one)) || (code !== undefined && listed.includes(code));
      if (!isListed) throw new Error(`${name}: the document does not name ${code}`);
    },
  };
}
