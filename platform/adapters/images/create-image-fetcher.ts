import { AppError } from "../../core/errors.ts";
import type { ImageFetcher } from "../../core/ports.ts";
import type { OutboundSettings } from "../outbound/create-guarded-fetch.ts";
import { createGuardedFetch } from "../outbound/create-guarded-fetch.ts";

/** Fetches pictures by spec rule 8, up to a size. */
export function createImageFetcher(
  settings: OutboundSettings & { maxBytes: number },
): ImageFetcher & { close(): Promise<void> } {
  const { fetch, close } = createGuardedFetch(settings);
  return {
    fetch: async (address) => {
      try {
        return await fetch(address, "image/*", ({ status, headers, body }) => {
          if (status !== 200) throw new Error(`status ${status}`);
          return readBody(body, Number(headers["content-length"] ?? 0), settings.maxBytes);
        });
      } catch (error) {
        if (error instanceof AppError) throw error;
        throw new AppError("image_url_unreachable", { log: String(error) });
      }
    },
    close,
  };
}

async function readBody(body: AsyncIterable<Uint8Array>, announced: number, maxBytes: number): Promise<Uint8Array> {
  if (announced > maxBytes) throw new AppError("image_too_large");
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > maxBytes) throw new AppError("image_too_large");
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
