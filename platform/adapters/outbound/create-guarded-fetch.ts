import { lookup as dnsLookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { Agent, request } from "undici";
import { isPublicAddress } from "./is-public-address.ts";

export interface OutboundSettings {
  /** exact origins that may be private (the demo's own shop) */
  allowOrigins: string[];
  httpsOnly: boolean;
  timeoutMs: number;
  /** refused and unreachable answer no sooner than this, so that time tells nothing */
  refusalMs: number;
  resolve?: (hostname: string) => Promise<{ address: string; family: number }[]>;
}

const maxRedirects = 3;
const ports: Record<string, string> = { "http:": "80", "https:": "443" };
const resolveAll = (hostname: string) => dnsLookup(hostname, { all: true });

/** Every address that the name has is looked at, and the very one that was is connected to. */
const checkedLookup =
  (resolve: NonNullable<OutboundSettings["resolve"]>): LookupFunction =>
  (hostname, options, callback) => {
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

/** What a URL answered with, after its redirects. */
export interface OutboundAnswer {
  url: URL;
  status: number;
  headers: Dispatcher.ResponseData["headers"];
  body: Dispatcher.ResponseData["body"];
}

/**
 * Outbound requests by spec rule 8: the name is resolved when the socket is opened, every address is checked, and the
 * very address that was checked is connected to; redirects start over. All failures look and last alike.
 */
export function createGuardedFetch(settings: OutboundSettings) {
  const { allowOrigins, httpsOnly, timeoutMs, refusalMs, resolve = resolveAll } = settings;
  const timeouts = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, keepAliveTimeout: 1 };
  const guarded = new Agent({ ...timeouts, connect: { lookup: checkedLookup(resolve), timeout: timeoutMs } });
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

  const ask = async (address: string, accept: string, signal: AbortSignal): Promise<OutboundAnswer> => {
    let url = new URL(address);
    for (let hop = 0; hop <= maxRedirects; hop += 1) {
      const headers = { accept, "user-agent": "TrailRoom" };
      const answer = await request(url, { dispatcher: dispatcherFor(url), signal, headers });
      const location = answer.headers.location;
      if (answer.statusCode < 300 || answer.statusCode >= 400 || typeof location !== "string") {
        return { url, status: answer.statusCode, headers: answer.headers, body: answer.body };
      }
      await answer.body.dump();
      url = new URL(location, url);
    }
    throw new Error("too many redirects");
  };

  return {
    /** Hands the answer to `read` within the time limit; what fails is thrown no sooner than `refusalMs`. */
    fetch: async <T>(address: string, accept: string, read: (answer: OutboundAnswer) => Promise<T>): Promise<T> => {
      const slowest = wait(refusalMs);
      try {
        return await read(await ask(address, accept, AbortSignal.timeout(timeoutMs)));
      } catch (error) {
        await slowest;
        throw error;
      }
    },
    close: async () => {
      await Promise.all([guarded.destroy(), trusted.destroy()]);
    },
  };
}
