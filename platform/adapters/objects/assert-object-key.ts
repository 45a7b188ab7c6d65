import { AppError } from "../../core/errors.ts";

const keyForm = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*\.(jpg|png|webp|json)$/;

/** Names are made by the platform: one of another form is a fault of ours, and never reaches a storage. */
export function assertObjectKey(key: string) {
  if (!keyForm.test(key)) throw new AppError("internal", { log: "object key of a wrong form" });
}
