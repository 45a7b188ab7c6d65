import { isEmailAddress } from "../accounts/parse-email.ts";
import { issueEmailToken } from "../auth/issue-email-token.ts";
import type { OutboxMessage, User } from "../model.ts";
import type { Clock, Logger, Store } from "../ports.ts";
import type { Mailer } from "../sign-in-ports.ts";
import { MailError } from "../sign-in-ports.ts";
import { mailPaths, mailTokens } from "./mail-links.ts";
import { mailTypes } from "./mail-types.ts";
import { en } from "./messages/en.ts";
import { queueMail } from "./queue-mail.ts";
import { renderMail } from "./render-mail.ts";

export interface MailDeps {
  store: Store;
  clock: Clock;
  log: Logger;
  mailer: Mailer;
  publicUrl: string;
}

const pageSize = 50;
const minuteMs = 60_000;
/** before the second and each further try */
const retryMs = [1, 5, 15, 60, 240, 720, 1440].map((minutes) => minutes * minuteMs);
/** a mail that could not go for so long says nothing new any more */
const mostAgeMs = 3 * 24 * 60 * minuteMs;

type Type = (typeof mailTypes)[number];
const isMailType = (type: string): type is Type => (mailTypes as readonly string[]).includes(type);

/** Works off what is due in the outbox's mails: looks requests up, sends the rest, with retries. Tells how many it sent. */
export async function sendDueMails(deps: MailDeps): Promise<number> {
  let sent = 0;
  for (;;) {
    const due = await deps.store.outbox.listPending(deps.clock.now(), pageSize, "mail");
    for (const message of due) if (await workOff(deps, message)) sent += 1;
    // what is looked up puts a mail of its own in the outbox: go on until nothing is due
    if (due.length === 0) return sent;
  }
}

async function workOff(deps: MailDeps, message: OutboxMessage): Promise<boolean> {
  const { store, clock, log } = deps;
  const now = clock.now();
  const waitMs = retryMs[message.attempts] ?? mostAgeMs;
  if (!(await store.outbox.claim(message, new Date(now.getTime() + waitMs)))) return false;
  try {
    const isSent = await send(deps, message);
    await store.outbox.settle(message.id, { state: "sent", last_error: null, sent_at: isSent ? clock.now() : null });
    return isSent;
  } catch (error) {
    const isOver = (error instanceof MailError && error.isFinal) || message.attempts >= retryMs.length;
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 300);
    await store.outbox.settle(message.id, { state: isOver ? "failed" : "pending", last_error: reason, sent_at: null });
    log.warn(
      { mail: message.id, type: message.type, try: message.attempts + 1, final: isOver, reason },
      "mail not sent",
    );
    return false;
  }
}

/** True when a mail went out; false when there was nothing to send after all. Throws MailError. */
async function send(deps: MailDeps, message: OutboxMessage): Promise<boolean> {
  const { store, clock, mailer } = deps;
  const now = clock.now();
  if (now.getTime() - message.created_at.getTime() > mostAgeMs) throw new MailError("too old", true);
  if (message.type === "reset_requested" || message.type === "verification_requested") {
    await lookUp(deps, message);
    return false;
  }
  if (!isMailType(message.type)) throw new MailError("no such mail", true);
  const user = await store.users.findById(message.user_id);
  if (!user || isMoot(message.type, user)) return false;
  const address = typeof message.payload.to === "string" ? message.payload.to : user.email;
  // checked again where it counts: a line break in an address would send the mail to somebody else
  if (!isEmailAddress(address)) throw new MailError("not an address", true);
  const url = await linkOf(deps, message.type, user, address);
  const content = renderMail(en, { type: message.type, values: valuesOf(message, user, address), url });
  const name = [user.first_name, user.last_name].filter(Boolean).join(" ");
  await mailer.send({ id: message.id, to: { name, address }, ...content });
  return true;
}

const isMoot = (type: Type, user: User) =>
  type === "account_deleted" ? false : !user.is_active || (type === "verify_email" && user.is_email_verified);

/** What somebody asked for who is not signed in: only now it is looked up whether there is such an account. */
async function lookUp({ store, clock }: MailDeps, { type, payload }: OutboxMessage) {
  const user = await store.users.findByEmail(String(payload.email));
  if (!user?.is_active) return;
  if (type === "verification_requested" && user.is_email_verified) return;
  const wanted = type === "reset_requested" ? "reset_password" : "verify_email";
  await queueMail(store, { userId: user.id, type: wanted, payload: {} }, clock.now());
}

async function linkOf({ store, clock, publicUrl }: MailDeps, type: Type, user: User, email: string) {
  const path = mailPaths[type];
  if (!path) return null;
  const purpose = mailTokens[type];
  if (!purpose) return `${publicUrl}${path}`;
  const token = await issueEmailToken(store, { userId: user.id, purpose, email }, clock.now());
  return `${publicUrl}${path}?token=${token}`;
}

function valuesOf({ payload }: OutboxMessage, user: User, address: string): Record<string, string> {
  const values = Object.entries(payload).map(([name, value]) => [name, String(value)]);
  return { ...Object.fromEntries(values), first_name: user.first_name ?? "", account: address };
}
