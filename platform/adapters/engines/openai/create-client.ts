import OpenAI from "openai";
import { Agent } from "undici";

export interface ClientOptions {
  apiKey: string;
  /** with /v1 */
  baseUrl: string;
  timeoutMs: number;
}

const connectMs = 10_000;

/** The SDK without its own retries: a paid call that is repeated behind our back is paid twice. */
export function createClient({ apiKey, baseUrl, timeoutMs }: ClientOptions) {
  const dispatcher = new Agent({
    connect: { timeout: connectMs },
    // a connection for each call: one that died idle would look like an answer that was lost
    pipelining: 0,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: "off",
    // photos go to the configured address and nowhere else
    fetchOptions: { dispatcher, redirect: "manual" },
  });
  return { client, close: () => dispatcher.close() };
}
