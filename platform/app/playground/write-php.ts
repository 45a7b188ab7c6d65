import type { Draft } from "./draft.ts";
import { keyPrefix, keyVariable } from "./draft.ts";

/** In single quotes PHP reads nothing but these two. */
const quote = (text: string) => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

function literal(value: unknown, indent: string): string {
  const inner = `${indent}    `;
  if (typeof value === "string") return quote(value);
  if (Array.isArray(value)) return `[${value.map((one) => literal(one, inner)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const lines = Object.entries(value).map(([name, one]) => `${inner}${quote(name)} => ${literal(one, inner)},`);
  // an empty array would become a JSON list
  return lines.length > 0 ? `[\n${lines.join("\n")}\n${indent}]` : "new stdClass()";
}

function bodyOf({ body }: Draft): string[] {
  if (!body) return [];
  if (body.kind === "json") return [`    CURLOPT_POSTFIELDS => json_encode(${literal(body.value, "    ")}),`];
  const parts = body.parts.map((part) => {
    const value = "fileName" in part ? `new CURLFile(${quote(part.fileName)})` : quote(part.value);
    return `        ${quote(part.name)} => ${value},`;
  });
  return ["    CURLOPT_POSTFIELDS => [", ...parts, "    ],"];
}

function headersOf(draft: Draft): string[] {
  const lines = draft.headers.map(([name, value]) => `        ${quote(`${name}: ${value}`)},`);
  if (draft.keyHeader) {
    lines.unshift(`        ${quote(`${draft.keyHeader}: ${keyPrefix(draft)}`)} . getenv('${keyVariable}'),`);
  }
  if (draft.body?.kind === "json") lines.push("        'content-type: application/json',");
  return lines.length > 0 ? ["    CURLOPT_HTTPHEADER => [", ...lines, "    ],"] : [];
}

/** The request for PHP with its curl extension. */
export const writePhp = (draft: Draft): string =>
  [
    "<?php",
    `$request = curl_init(${quote(draft.url)});`,
    "curl_setopt_array($request, [",
    `    CURLOPT_CUSTOMREQUEST => ${quote(draft.method)},`,
    "    CURLOPT_RETURNTRANSFER => true,",
    ...headersOf(draft),
    ...bodyOf(draft),
    "]);",
    "$answer = curl_exec($request);",
    "echo curl_getinfo($request, CURLINFO_HTTP_CODE), ' ', $answer, PHP_EOL;",
  ].join("\n");
