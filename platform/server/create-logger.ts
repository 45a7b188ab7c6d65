import { pino } from "pino";

const redacted = [
  "authorization",
  "cookie",
  "key",
  "token",
  "job_token",
  "secret",
  "password",
  "bytes",
  "image",
  "signature",
].flatMap((name) => [name, `*.${name}`]);

/** JSON lines; `stream` tells access, error and application apart. Secrets and pictures never get this far, and are blotted out if they do. */
export function createLogger(level: string) {
  return pino({ level, redact: { paths: redacted, censor: "[redacted]" }, base: null });
}
