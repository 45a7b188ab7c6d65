import type { Draft } from "./draft.ts";
import { keyPrefix, keyVariable } from "./draft.ts";

/** A word that the shell takes as it is: a single quote ends the string, is quoted, and begins it again. */
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** In curl's own language of form fields a value in double quotes may hold anything. */
const formValue = (text: string) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

function bodyOf({ body }: Draft): string[] {
  if (!body) return [];
  if (body.kind === "json") {
    return ["-H 'content-type: application/json'", `--data-raw ${quote(JSON.stringify(body.value, null, 2))}`];
  }
  return body.parts.map((part) =>
    "fileName" in part
      ? `-F ${quote(`${part.name}=@${formValue(part.fileName)}`)}`
      : `--form-string ${quote(`${part.name}=${part.value}`)}`,
  );
}

/** The request for a shell. */
export function writeCurl(draft: Draft): string {
  const lines = [`curl -X ${draft.method} ${quote(draft.url)}`];
  if (draft.keyHeader) lines.push(`-H "${draft.keyHeader}: ${keyPrefix(draft)}$${keyVariable}"`);
  for (const [name, value] of draft.headers) lines.push(`-H ${quote(`${name}: ${value}`)}`);
  lines.push(...bodyOf(draft));
  return lines.join(" \\\n  ");
}
