import type { Draft } from "./draft.ts";
import { keyPrefix, keyVariable } from "./draft.ts";

const quote = (text: string) => JSON.stringify(text);

function headersOf(draft: Draft): string[] {
  const lines = draft.headers.map(([name, value]) => `    ${quote(name)}: ${quote(value)},`);
  const key = `\`${keyPrefix(draft)}\${process.env.${keyVariable}}\``;
  if (draft.keyHeader) lines.unshift(`    ${quote(draft.keyHeader)}: ${key},`);
  if (draft.body?.kind === "json") lines.push('    "content-type": "application/json",');
  return lines.length > 0 ? ["  headers: {", ...lines, "  },"] : [];
}

function formOf({ body }: Draft): string[] {
  if (body?.kind !== "multipart") return [];
  const parts = body.parts.map((part) =>
    "fileName" in part
      ? `form.set(${quote(part.name)}, await openAsBlob(${quote(part.fileName)}), ${quote(part.fileName)});`
      : `form.set(${quote(part.name)}, ${quote(part.value)});`,
  );
  const hasFile = body.parts.some((part) => "fileName" in part);
  const imports = hasFile ? ['import { openAsBlob } from "node:fs";', ""] : [];
  return [...imports, "const form = new FormData();", ...parts, ""];
}

function bodyOf({ body }: Draft): string[] {
  if (!body) return [];
  if (body.kind === "multipart") return ["  body: form,"];
  const [first, ...rest] = JSON.stringify(body.value, null, 2).split("\n");
  return [`  body: JSON.stringify(${[first, ...rest.map((line) => `  ${line}`)].join("\n")}),`];
}

/** The request for Node. */
export const writeTypeScript = (draft: Draft): string =>
  [
    ...formOf(draft),
    `const answer = await fetch(${quote(draft.url)}, {`,
    `  method: ${quote(draft.method)},`,
    ...headersOf(draft),
    ...bodyOf(draft),
    "});",
    "console.log(answer.status, await answer.text());",
  ].join("\n");
