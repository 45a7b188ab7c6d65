import { AppError } from "../../../../core/errors.ts";
import type { CheckInput } from "../../../../core/tryon/service-types.ts";
import { pageAction } from "../../../session/page-action.ts";
import { choiceOf } from "../../../session/read-query.ts";

const kinds = ["person", "top", "bottom"] as const;

async function readCheck(form: FormData): Promise<CheckInput> {
  const kind = choiceOf(kinds, String(form.get("kind")));
  const file = form.get("image");
  if (!kind || !(file instanceof File)) throw new AppError("invalid_request");
  const image = { bytes: new Uint8Array(await file.arrayBuffer()) };
  if (kind === "person") return { person: image, mode: form.get("mode") === "full" ? "full" : "top" };
  return kind === "top" ? { top: image } : { bottom: image };
}

/** What stands against a picture that was just chosen; free. */
export const action = pageAction(async ({ page: { user }, context, form }) => {
  const { ownTryOns, client } = context;
  const { problems } = await ownTryOns.check({ user, ip: client.ip }, await readCheck(form));
  return { problems };
});
