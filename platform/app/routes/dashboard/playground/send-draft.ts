import type { Draft } from "../../../playground/draft.ts";
import { keyPrefix } from "../../../playground/draft.ts";

/** What came back, to show. */
export interface Answer {
  status: number;
  statusText: string;
  tookMs: number;
  headers: [name: string, value: string][];
  text: string;
  /** the address of a picture that came back */
  picture: string | null;
}

function bodyOf({ body }: Draft, files: Record<string, File>) {
  if (!body) return undefined;
  if (body.kind === "json") return JSON.stringify(body.value);
  const form = new FormData();
  for (const part of body.parts) {
    const file = "fileName" in part ? files[part.name] : undefined;
    if (file) form.set(part.name, file);
    else if ("value" in part) form.set(part.name, part.value);
  }
  return form;
}

function pretty(text: string) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** Sends what was built, to this platform alone, and without the session's cookie. Throws when no answer came. */
export async function sendDraft(draft: Draft, key: string, files: Record<string, File>): Promise<Answer> {
  const headers = new Headers(draft.headers);
  if (draft.keyHeader && key) headers.set(draft.keyHeader, keyPrefix(draft) + key);
  if (draft.body?.kind === "json") headers.set("content-type", "application/json");
  const { pathname, search } = new URL(draft.url);
  const startedAt = performance.now();
  const init = { method: draft.method, headers, body: bodyOf(draft, files), credentials: "omit" as const };
  const answer = await fetch(pathname + search, init);
  const isPicture = answer.headers.get("content-type")?.startsWith("image/") ?? false;
  const picture = isPicture ? URL.createObjectURL(await answer.blob()) : null;
  return {
    status: answer.status,
    statusText: answer.statusText,
    tookMs: performance.now() - startedAt,
    headers: [...answer.headers],
    text: picture ? "" : pretty(await answer.text()),
    picture,
  };
}
