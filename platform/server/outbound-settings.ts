import type { Config } from "./config.ts";

const fetchTimeoutMs = 10_000;
const refusalMs = 1_000;

/** How the platform asks addresses that it was given (spec rule 8). */
export const outboundSettings = ({ outboundAllowOrigins, mode }: Config) => ({
  allowOrigins: outboundAllowOrigins,
  httpsOnly: mode === "production",
  timeoutMs: fetchTimeoutMs,
  refusalMs,
});
