import type { Draft, Part } from "./draft.ts";
import type { Credential, RequestField, RequestForm } from "./to-request-form.ts";

/** What was filled in, by place and name. */
export type Values = Record<string, string>;

export const fieldId = ({ place, name }: Pick<RequestField, "place" | "name">) => `${place}.${name}`;

const keyHeaders: Record<Credential, Draft["keyHeader"]> = {
  secretKey: "x-api-key",
  publishableKey: "x-publishable-key",
  session: "authorization",
  none: null,
};

/** What a field holds in JSON; text that is not what the schema wants goes as it is: the API says what is wrong with it. */
function jsonValue({ kind, options }: RequestField, text: string): unknown {
  if (kind === "number") return Number.isNaN(Number(text)) ? text : Number(text);
  if (kind === "choice" && options.join() === "true,false") return text === "true";
  if (kind === "list") return text.split("\n").flatMap((line) => line.trim() || []);
  if (kind !== "json") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The request that the filled-in form makes. Of a file the value is its name. */
export function toDraft(form: RequestForm, values: Values, credential: Credential, base: string): Draft {
  const at = (place: RequestField["place"]) =>
    form.fields.flatMap((field) => {
      const value = field.place === place ? (values[fieldId(field)] ?? "") : "";
      return value === "" ? [] : [{ field, value }];
    });
  const path = form.path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[fieldId({ place: "path", name })];
    return value ? encodeURIComponent(value) : whole;
  });
  const query = new URLSearchParams(at("query").map(({ field, value }) => [field.name, value]));
  const parts = at("body").map(
    ({ field: { name, kind }, value }): Part => (kind === "file" ? { name, fileName: value } : { name, value }),
  );
  const entries = at("body").map(({ field, value }) => [field.name, jsonValue(field, value)]);
  const bodies = {
    multipart: { kind: "multipart" as const, parts },
    json: { kind: "json" as const, value: Object.fromEntries(entries) },
  };
  return {
    method: form.method,
    url: `${base}${path}${query.size > 0 ? `?${query}` : ""}`,
    keyHeader: keyHeaders[credential],
    headers: at("header").map(({ field, value }) => [field.name, value]),
    body: form.bodyKind && bodies[form.bodyKind],
  };
}
