import { lookup as dnsLookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { Agent, request } from "undici";
import { AppError } from "../../core/errors.ts";
import type { ImageFetcher } from "../../core/ports.ts";
import { isPublicAddress } from "./is-public-address.ts";

export interface FetchSettings {
  /** exact origins that may be private (the demo's own shop) */
  allowOrigins: string[];
  httpsOnly: boolean;
  maxBytes: number;
  timeoutMs: number;
  /** refused and unreachable answer no sooner than this, so that time tells nothing */
  refusalMs: number;
  resolve?: (hostname: string) => Promise<{ address: string; family: number }[]>;
}

const maxRedirects = 3;
const ports: Record<string, string> = { "http:": "80", "https:": "443" };
const resolveAll = (hostname: string) => dnsLookup(hostname, { all: true });

/**
 * Fetches pictures by spec rule 8: the name is resolved when the socket is opened, every address is checked, and the
 * very address that was checked is connected to; redirects start over. All failures look and last alike.
 */
export function createImageFetcher(settings: FetchSettings): ImageFetcher & { close(): Promise<void> } {
  const { allowOrigins, httpsOnly, maxBytes, timeoutMs, refusalMs, resolve = resolveAll } = settings;

  const checkedLookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const isSafe = found.length > 0 && found.every(({ address }) => isPublicAddress(address));
        if (!isSafe) callback(new Error("address refused"), "", 0);
        else if (options.all) callback(null, found);
        else callback(null, found[0]?.address ?? "", found[0]?.family);
      },
      (error: Error) => callback(error as NodeJS.ErrnoException, "", 0),
    );
  };
  const timeouts = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, keepAliveTimeout: 1 };
  const guarded = new Agent({ ...timeouts, connect: { lookup: checkedLookup, timeout: timeoutMs } });
  const trusted = new Agent({ ...timeouts, connect: { timeout: timeoutMs } });

  const dispatcherFor = (url: URL) => {
    if (allowOrigins.includes(url.origin)) return trusted;
    const schemes = httpsOnly ? ["https:"] : ["http:", "https:"];
    const port = url.port || ports[url.protocol];
    if (!schemes.includes(url.protocol) || port !== ports[url.protocol]) throw new Error("scheme or port refused");
    if (url.username || url.password) throw new Error("credentials in the address");
    const literal = url.hostname.replace(/^\[|\]$/g, "");
    const isLiteral = /^[\d.]+$/.test(literal) || literal.includes(":");
    // a literal address is never looked up, so it is checked here
    if (isLiteral && !isPublicAddress(literal)) throw new Error("address refused");
    return guarded;
  };

  const load = async (address: string, signal: AbortSignal): Promise<Uint8Array> => {
    let url = new URL(address);
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const answer = await request(url, {
        dispatcher: dispatcherFor(url),
        signal,
        headers: { accept: "image/*", "user-agent": "TrailRoom" },
      });
      const location = answer.headers.location;
      if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === "string") {
        await answer.body.dump();
        url = new URL(location, url);
        continue;
      }
      if (answer.statusCode !== 200) throw new Error(`status ${answer.statusCode}`);
      return readBody(answer.body, Number(answer.headers["content-length"] ?? 0), maxBytes);
    }
    throw new Error("too many redirects");
  };

  return {
    fetch: async (address) => {
      const slowest = wait(refusalMs);
      try {
        return await load(address, AbortSignal.timeout(timeoutMs));
      } catch (error) {
        await slowest;
        if (error instanceof AppError) throw error;
        throw new AppError("image_url_unreachable", { log: String(error) });
      }
    },
    close: async () => {
      await Promise.all([guarded.destroy(), trusted.destroy()]);
    },
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
