import type { FetchedPage, PageFetcher } from "../../core/ports.ts";
import type { OutboundAnswer, OutboundSettings } from "./create-guarded-fetch.ts";
import { createGuardedFetch } from "./create-guarded-fetch.ts";

/** Fetches a page of a merchant's by spec rule 8; of a very long one the beginning. */
export function createPageFetcher(
  settings: OutboundSettings & { maxBytes: number },
): PageFetcher & { close(): Promise<void> } {
  const { fetch, close } = createGuardedFetch(settings);
  return {
    // why it did not come is not told apart: what is refused and what is not there look alike
    fetch: (address) => fetch(address, "text/html", (answer) => readPage(answer, settings.maxBytes)).catch(() => null),
    close,
  };
}

async function readPage({ url, status, headers, body }: OutboundAnswer, maxBytes: number): Promise<FetchedPage> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.byteLength;
    if (size >= maxBytes) break; // ends the connection
  }
  const html = new TextDecoder().decode(Buffer.concat(parts).subarray(0, maxBytes));
  const policies = [headers["content-security-policy"] ?? []].flat();
  const contentType = [headers["content-type"] ?? ""].flat()[0] ?? "";
  return {
    url: url.href,
    status,
    isHtml: /^(text\/html|application\/xhtml\+xml)\b/i.test(contentType),
    policies,
    html,
  };
}
