import type { TypedResponse } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { z } from "zod";
import { readOrigins } from "../../../../core/api-keys/read-origins.ts";
import type { Caller } from "../../../../core/caller.ts";
import { AppError } from "../../../../core/errors.ts";
import type { Finding } from "../../../../core/page-check/findings.ts";
import type { CheckResult } from "../../../../core/tryon/service-types.ts";
import { faults } from "../../../messages/en/faults.ts";
import { install as words } from "../../../messages/en/install.ts";
import type { SignedAction } from "../../../session/page-action.ts";
import { readForm } from "../../../session/read-form.ts";

const mostAddress = 2_000;
const addressField = z
  .string(faults.required)
  .trim()
  .min(1, faults.required)
  .max(mostAddress, faults.tooLong)
  .transform((typed) => (/^[a-z][a-z\d+.-]*:/i.test(typed) ? typed : `https://${typed}`))
  .refine((address) => /^https?:$/.test(URL.parse(address)?.protocol ?? ""), words.notAnAddress);

/** What an action of the page found or made; typed values come along, so that the form keeps them. */
export type InstallAnswer = { typed: Record<string, string> } & (
  | { intent: "check-page"; findings: Finding[] }
  | { intent: "check-picture"; result: CheckResult }
  | { intent: "link"; href: string; until: string }
);

const callerOf = ({ page, context }: SignedAction): Caller => ({
  kind: "session",
  user: page.user,
  apiKey: null,
  session: page.session,
  keyMode: "live",
  ip: context.client.ip,
  origin: null,
});

async function makeKey({ context, page, form }: SignedAction) {
  const { allowed_origins } = readForm(
    z.object({ allowed_origins: z.string().trim().min(1, faults.required).max(mostAddress).transform(readOrigins) }),
    form,
  );
  const name = URL.parse(allowed_origins[0] ?? "")?.host || words.first.name;
  const input = { name, kind: "publishable", mode: "live", allowed_origins } as const;
  const { apiKey } = await context.keys.generate(page.user, input, context.client);
  return redirect(`/dashboard/install?key=${apiKey.id}`, 303);
}

async function checkPage(signed: SignedAction): Promise<InstallAnswer> {
  const { page_url } = readForm(z.object({ page_url: addressField }), signed.form);
  const findings = await signed.context.checks.page(callerOf(signed), page_url);
  return { intent: "check-page", findings, typed: { page_url } };
}

async function pictureOf(form: FormData) {
  const file = form.get("picture_file");
  if (file instanceof File && file.size > 0) return { bytes: new Uint8Array(await file.arrayBuffer()) };
  if (!form.get("picture_url"))
    throw new AppError("invalid_request", { details: { picture_url: words.checkPicture.missing } });
  return { url: readForm(z.object({ picture_url: addressField }), form).picture_url };
}

async function checkPicture(signed: SignedAction): Promise<InstallAnswer> {
  const { form, context } = signed;
  const image = await pictureOf(form);
  const isBottom = form.get("kind") === "bottom";
  const result = await context.checks.picture(callerOf(signed), isBottom ? { bottom: image } : { top: image });
  const typed = { picture_url: image.url ?? "", kind: isBottom ? "bottom" : "top" };
  return { intent: "check-picture", result, typed };
}

async function makeLink({ context, page, form }: SignedAction): Promise<InstallAnswer> {
  const productField = z.string().trim().min(1, faults.required).max(200, faults.tooLong);
  const typed = readForm(z.object({ page_url: addressField, product_id: productField }), form);
  const { href, until } = await context.previews.linkFor(page.user, {
    pageUrl: typed.page_url,
    productId: typed.product_id,
  });
  return { intent: "link", href, until: until.toISOString().slice(11, 16), typed };
}

const byIntent = { "make-key": makeKey, "check-page": checkPage, "check-picture": checkPicture, link: makeLink };

/** What the forms of the install page do. */
export async function actOnInstall(signed: SignedAction): Promise<InstallAnswer | TypedResponse<never>> {
  const intent = signed.form.get("intent");
  if (typeof intent !== "string" || !Object.hasOwn(byIntent, intent)) throw new Response("not found", { status: 404 });
  return byIntent[intent as keyof typeof byIntent](signed);
}
