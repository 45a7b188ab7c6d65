import path from "node:path";
import { createOutboxMailer } from "../adapters/mail/outbox/create-outbox-mailer.ts";
import { createSmtpMailer } from "../adapters/mail/smtp/create-smtp-mailer.ts";
import type { Logger } from "../core/ports.ts";
import type { Config } from "./config.ts";

/** How mail goes out: SMTP, the development outbox, or not at all, which is said at boot. */
export function openMailer({ mail, dataDir }: Config, log: Logger) {
  if (mail.kind === "smtp") return { mailer: createSmtpMailer({ url: mail.url, from: mail.from }), mailOutbox: null };
  if (mail.kind === "outbox") {
    const outbox = createOutboxMailer(path.join(dataDir, "mails"));
    return { mailer: outbox, mailOutbox: outbox };
  }
  log.warn({}, "mail is off: SMTP_URL and MAIL_FROM are not set, so nobody can verify an address or reset a password");
  return { mailer: null, mailOutbox: null };
}
