import { createTransport } from "nodemailer";
import type { Mailer } from "../../../core/sign-in-ports.ts";
import { MailError } from "../../../core/sign-in-ports.ts";

interface SmtpOptions {
  /** smtp://user:password@host:587 or smtps://… */
  url: string;
  from: { name: string; address: string };
  /** a test's own certificate */
  ca?: string;
}

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, dnsTimeout: 10_000 };
const submissionPort = 587;
const pingEveryMs = 30_000;

/** 5xx is the server's last word, 4xx and everything of the network may pass; which code nodemailer gives says nothing. */
function toMailError(error: unknown): MailError {
  const { responseCode, code, message } = error as { responseCode?: number; code?: string; message?: string };
  const isFinal = responseCode !== undefined ? responseCode >= 500 : code === "EMESSAGE";
  return new MailError([code, responseCode, message].filter(Boolean).join(" "), isFinal);
}

function transportOf({ url, ca }: SmtpOptions) {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const at = Number(port || (secure ? 465 : submissionPort));
  return createTransport({
    host: hostname,
    port: at,
    secure,
    // a password never goes over the wire in the clear
    requireTLS: !secure && (at === submissionPort || username !== ""),
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    ...(ca ? { tls: { ca } } : {}),
    pool: true,
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

/** Mail by SMTP, with the outbox row's id as Message-ID so that a repeat is seen as one. */
export function createSmtpMailer(options: SmtpOptions): Mailer {
  const transport = transportOf(options);
  const [, domain = "trailroom.invalid"] = options.from.address.split("@");
  let pinged = { at: 0, answer: Promise.resolve() };
  return {
    send: async ({ id, to, subject, text, html }) => {
      try {
        await transport.sendMail({
          from: options.from,
          to: [to],
          subject,
          text,
          html,
          messageId: `<${id}@${domain}>`,
          headers: { "Auto-Submitted": "auto-generated" },
        });
      } catch (error) {
        throw toMailError(error);
      }
    },
    ping: () => {
      if (Date.now() - pinged.at > pingEveryMs) {
        pinged = { at: Date.now(), answer: transport.verify().then(() => {}) };
      }
      return pinged.answer;
    },
    close: async () => transport.close(),
  };
}
