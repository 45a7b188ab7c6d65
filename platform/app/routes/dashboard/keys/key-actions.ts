import type { TypedResponse } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { z } from "zod";
import type { MadeApiKey } from "../../../../core/api-keys/create-key-service.ts";
import { readHosts } from "../../../../core/api-keys/read-hosts.ts";
import { readOrigins } from "../../../../core/api-keys/read-origins.ts";
import { faults } from "../../../messages/en/faults.ts";
import { keys as words } from "../../../messages/en/keys.ts";
import { nameField } from "../../../session/fields.ts";
import type { SignedAction } from "../../../session/page-action.ts";
import { readForm } from "../../../session/read-form.ts";

const mostBudget = 1_000_000;
const mostText = 10_000;
const linesField = z.string().max(mostText, faults.tooLong).default("");
const settings = {
  name: nameField,
  allowed_origins: linesField.transform(readOrigins),
  garment_hosts: linesField.transform(readHosts),
  daily_budget: z
    .string()
    .trim()
    .regex(/^\d*$/, words.number)
    .default("")
    .transform((typed) => (typed === "" ? null : Number(typed)))
    .refine((budget) => (budget ?? 0) <= mostBudget, words.number),
  require_session: z
    .literal("on")
    .optional()
    .transform((ticked) => ticked === "on"),
};
const idField = z.string().max(60);
const newKey = z.object({ ...settings, kind: z.enum(["publishable", "secret"]), mode: z.enum(["live", "test"]) });
const grace = z.object({ key_id: idField, grace_hours: z.enum(["0", "24"]).transform(Number) });

interface Made {
  kind: "secret" | "publishable" | "session";
  secret: string;
}

/** Keys and session secrets just made: told once, in the answer to the form that made them. */
export interface MadeKey {
  made: Made[];
}

const toMade = ({ apiKey, secret, sessionSecret }: MadeApiKey): MadeKey => ({
  made: [{ kind: apiKey.kind, secret }, ...ofSessions(sessionSecret)],
});
const ofSessions = (secret: string | null): Made[] => (secret === null ? [] : [{ kind: "session", secret }]);

async function create({ context, page, form }: SignedAction): Promise<MadeKey> {
  const { kind, ...input } = readForm(newKey, form);
  // a server's key knows no pages, whatever was typed for them before the choice
  const none = { allowed_origins: [], garment_hosts: [], daily_budget: null, require_session: false };
  const pages = kind === "secret" ? none : {};
  return toMade(await context.keys.generate(page.user, { ...input, ...pages, kind }, context.client));
}

async function edit({ context, page, form }: SignedAction): Promise<MadeKey | TypedResponse<never>> {
  const { key_id, ...patch } = readForm(z.object({ ...settings, key_id: idField }), form);
  const isOfServer = !form.has("allowed_origins");
  const change = isOfServer ? { name: patch.name } : patch;
  const { sessionSecret } = await context.keys.update(page.user.id, key_id, change);
  if (sessionSecret !== null) return { made: ofSessions(sessionSecret) };
  return redirect("/dashboard/keys?done=key-saved", 303);
}

async function regenerate({ context, page, form }: SignedAction): Promise<MadeKey> {
  const { key_id, grace_hours } = readForm(grace, form);
  return toMade(await context.keys.regenerate(page.user, key_id, grace_hours, context.client));
}

async function revoke({ context, page, form }: SignedAction) {
  await context.keys.revoke(page.user.id, readForm(z.object({ key_id: idField }), form).key_id, context.client);
  return redirect("/dashboard/keys?done=key-revoked", 303);
}

const byIntent = { create, edit, regenerate, revoke };

/** What the forms of the keys' page do. */
export async function actOnKeys(signed: SignedAction): Promise<MadeKey | TypedResponse<never>> {
  const intent = signed.form.get("intent");
  if (typeof intent !== "string" || !Object.hasOwn(byIntent, intent)) throw new Response("not found", { status: 404 });
  return byIntent[intent as keyof typeof byIntent](signed);
}
