import { createSmtpMailer } from "../../adapters/mail/smtp/create-smtp-mailer.ts";
import type { Config } from "../config.ts";
import type { Finding } from "./finding.ts";
import { doubtful, reasonOf, well, wrong } from "./finding.ts";

const subject = "mail";

/** Whether the mail server takes us, by its greeting, encryption and log-in; no mail is sent. `ca` is for tests. */
export async function checkMail(mail: Config["mail"], ca?: string): Promise<Finding[]> {
  if (mail.kind === "outbox") return [well(subject, "the development outbox")];
  if (mail.kind === "off") {
    return [doubtful(subject, "off: nobody can verify an address or reset a password", "set SMTP_URL and MAIL_FROM")];
  }
  const mailer = createSmtpMailer({ url: mail.url, from: mail.from, ca });
  try {
    await mailer.ping();
    return [well(subject, "the server takes us, encrypted; no mail was sent")];
  } catch (error) {
    return [wrong(subject, reasonOf(error), "check host, port, log-in and certificate of SMTP_URL")];
  } finally {
    await mailer.close();
  }
}
