// What the forms of the security page do.
import { data, redirect } from "@remix-run/node";
import { z } from "zod";
import { totpUrl } from "../../../../core/auth/mfa/totp.ts";
import { AppError } from "../../../../core/errors.ts";
import { settings } from "../../../messages/en/settings.ts";
import { drawQr } from "../../../session/draw-qr.ts";
import { codeField, ownerPasswordField, passwordField } from "../../../session/fields.ts";
import { answerFault } from "../../../session/form-fault.ts";
import type { SignedAction } from "../../../session/page-action.ts";
import { readForm } from "../../../session/read-form.ts";
import { startSession } from "../../../session/start-session.ts";

const here = "/dashboard/settings/security";

/** What the page shows once, after a form of it: a secret to scan, or recovery codes. */
export interface ShownOnce {
  enrol?: { secret: string; qr: string };
  codes?: string[];
}

const code = z.object({ code: codeField });

export async function changePassword({ page, context, form, request }: SignedAction) {
  const fields = z.object({ password: ownerPasswordField, new_password: passwordField });
  const { password, new_password } = readForm(fields, form);
  const change = { currentPassword: password, newPassword: new_password };
  await startSession(context, request, await context.auth.changePassword(page, change, context.client));
  return redirect(`${here}?done=password`, 303);
}

const enrolView = async (secret: string, email: string) => ({ secret, qr: await drawQr(totpUrl(secret, email)) });

export async function beginMfa({ page, context, form }: SignedAction) {
  const { password } = readForm(z.object({ password: ownerPasswordField }), form);
  await context.auth.proveOwner({ ...page, password }, context.client);
  const { secret } = await context.auth.beginMfa(page.user);
  const shown: ShownOnce = { enrol: await enrolView(secret, page.user.email) };
  return shown;
}

/** A first code switches it on; after a wrong one the page shows the same secret again, which the form carries. */
export async function confirmMfa({ page, context, form, request }: SignedAction) {
  const { secret } = readForm(z.object({ secret: z.string().regex(/^[A-Z2-7]{16,64}$/) }), form);
  try {
    const codes = await context.auth.confirmMfa(page.user, readForm(code, form).code, context.client);
    await startSession(context, request, { user: page.user, mfaAt: new Date() });
    const shown: ShownOnce = { codes };
    return shown;
  } catch (error) {
    if (!(error instanceof AppError && error.code === "invalid_request")) throw error;
    const fault = answerFault(error, form, { invalid_request: settings.security.wrongCode });
    return data({ ...fault.data, enrol: await enrolView(secret, page.user.email) }, fault.init ?? {});
  }
}

export async function renewCodes({ page, context, form }: SignedAction) {
  const shown: ShownOnce = {
    codes: await context.auth.renewRecoveryCodes(page.user, readForm(code, form).code, context.client),
  };
  return shown;
}

export async function disableMfa({ page, context, form }: SignedAction) {
  if (page.user.role === "admin") throw new AppError("forbidden");
  await context.auth.disableMfa(page.user, readForm(code, form).code, context.client);
  return redirect(`${here}?done=mfa-off`, 303);
}

export async function endOne({ page, context, form }: SignedAction) {
  await context.auth.endSession(page.user.id, String(form.get("session_id")));
  return redirect(`${here}?done=signed-out`, 303);
}

export async function endOthers({ page, context }: SignedAction) {
  await context.auth.endAllSessions(page.user.id, context.client, page.session.id);
  return redirect(`${here}?done=signed-out`, 303);
}

export async function endAll({ page, context }: SignedAction) {
  await context.auth.endAllSessions(page.user.id, context.client);
  return redirect("/login?done=signed-out", 303);
}

/** Before an admin has shown a second factor they can set one up and nothing else. */
export function assertMay({ page, form }: SignedAction) {
  const mayEnrol = ["mfa-begin", "mfa-confirm"].includes(String(form.get("intent")));
  if (page.needsSecondFactor && !mayEnrol) throw new AppError("forbidden");
}
