import { newOutboxRow } from "../outbox/new-outbox-row.ts";
import type { Repositories } from "../ports.ts";
import type { MailType } from "./mail-types.ts";

interface NewMail {
  userId: string;
  type: MailType;
  /** what the text needs; never a token, key or password: links are made when the mail is sent */
  payload: Record<string, unknown>;
}

/** Writes a mail to the outbox, in the transaction that causes it; it is sent by the scheduler, never in a request. */
export const queueMail = (tx: Repositories, { userId, type, payload }: NewMail, now: Date) =>
  tx.outbox.insert(newOutboxRow({ user_id: userId, channel: "mail", type, payload }, now));
