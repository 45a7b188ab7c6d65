import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Mail, Mailer } from "../../../core/sign-in-ports.ts";

const kept = 200;
const form = /^[0-9a-f-]{36}\.json$/;

export interface KeptMail extends Mail {
  sentAt: string;
}

/** Development only: mails go to a folder instead of out, and are read in the browser. */
export function createOutboxMailer(folder: string): Mailer & { list: () => KeptMail[] } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // the ids are in order of time
  const names = () =>
    readdirSync(folder)
      .filter((name) => form.test(name))
      .sort()
      .reverse();
  return {
    send: async (mail) => {
      const entry: KeptMail = { ...mail, sentAt: new Date().toISOString() };
      writeFileSync(path.join(folder, `${mail.id}.json`), JSON.stringify(entry), { mode: 0o600 });
      for (const old of names().slice(kept)) rmSync(path.join(folder, old), { force: true });
    },
    ping: async () => {},
    close: async () => {},
    /** Newest first. */
    list: () => names().map((name) => JSON.parse(readFileSync(path.join(folder, name), "utf8"))),
  };
}
