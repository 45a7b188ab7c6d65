import { v7 as uuidv7 } from "uuid";
import type { OutboxMessage } from "../model.ts";

/** A message that is due at once; insert it in the transaction that causes it. */
export function newOutboxRow(
  message: Pick<OutboxMessage, "user_id" | "channel" | "type" | "payload">,
  now: Date,
): OutboxMessage {
  return {
    ...message,
    id: uuidv7(),
    state: "pending",
    attempts: 0,
    last_error: null,
    next_attempt_at: now,
    sent_at: null,
    created_at: now,
  };
}
