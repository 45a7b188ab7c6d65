import type { Draft } from "./draft.ts";
import { keyPrefix, keyVariable } from "./draft.ts";

/** JSON's strings are Python's too. */
const quote = (text: string) => JSON.stringify(text);

function literal(value: unknown, indent: string): string {
  const inner = `${indent}    `;
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, inner)).join(", ")}]`;
  if (typeof value !== "object") return typeof value === "string" ? quote(value) : String(value);
  const lines = Object.entries(value).map(([name, one]) => `${inner}${quote(name)}: ${literal(one, inner)},`);
  return lines.length > 0 ? `{\n${lines.join("\n")}\n${indent}}` : "{}";
}

function bodyOf({ body }: Draft): string[] {
  if (!body) return [];
  if (body.kind === "json") return [`    json=${literal(body.value, "    ")},`];
  const parts = body.parts.map((part) =>
    "fileName" in part
      ? `        ${quote(part.name)}: open(${quote(part.fileName)}, "rb"),`
      : // no file name: a plain field
        `        ${quote(part.name)}: (None, ${quote(part.value)}),`,
  );
  return ["    files={", ...parts, "    },"];
}

function headersOf(draft: Draft): string[] {
  const lines = draft.headers.map(([name, value]) => `        ${quote(name)}: ${quote(value)},`);
  if (draft.keyHeader) {
    const prefix = keyPrefix(draft) && `${quote(keyPrefix(draft))} + `;
    lines.unshift(`        ${quote(draft.keyHeader)}: ${prefix}os.environ["${keyVariable}"],`);
  }
  return lines.length > 0 ? ["    headers={", ...lines, "    },"] : [];
}

/** The request for Python, with the package `requests`. */
export const writePython = (draft: Draft): string =>
  [
    ...(draft.keyHeader ? ["import os", ""] : []),
    "import requests",
    "",
    "answer = requests.request(",
    `    ${quote(draft.method)},`,
    `    ${quote(draft.url)},`,
    ...headersOf(draft),
    ...bodyOf(draft),
    ")",
    "print(answer.status_code, answer.text)",
  ].join("\n");
