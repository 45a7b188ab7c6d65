import type { mailTypes } from "./mail-types.ts";

export interface MailMessage {
  subject: string;
  lines: string[];
  /** what its button says */
  action?: string;
}

/** All that mails say, in one language. */
export interface MailMessages {
  greeting: string;
  greetingNobody: string;
  footer: string;
  orCopy: string;
  mails: Record<(typeof mailTypes)[number], MailMessage>;
}
