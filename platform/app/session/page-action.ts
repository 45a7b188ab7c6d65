import type { ActionFunctionArgs } from "@remix-run/node";
import type { PageSession } from "../../core/auth/sessions/page-session.ts";
import { assertCsrfToken } from "../../core/auth/sessions/page-session.ts";
import { AppError } from "../../core/errors.ts";
import type { FaultTexts } from "./form-fault.ts";
import { answerFault } from "./form-fault.ts";
import { requirePage } from "./require-page.ts";

/** What an action works with. */
export interface SignedAction extends ActionFunctionArgs {
  page: PageSession;
  form: FormData;
}

/**
 * The action of a signed-in page: needs a session and that session's own token in the form's field `csrf`, hands the
 * form on, and turns what core refuses into a fault that the page shows beside the form.
 */
export const pageAction =
  <T>(
    handle: (signed: SignedAction) => Promise<T>,
    options: { beforeSecondFactor?: boolean; texts?: FaultTexts } = {},
  ) =>
  async (args: ActionFunctionArgs) => {
    const page = await requirePage(args, options);
    const form = await args.request.formData().catch(() => new FormData());
    try {
      assertCsrfToken(page, form.get("csrf"));
    } catch {
      throw new Response("forbidden", { status: 403 });
    }
    try {
      return await handle({ ...args, page, form });
    } catch (error) {
      if (error instanceof AppError && error.code !== "not_found") return answerFault(error, form, options.texts);
      throw error instanceof AppError ? new Response("not found", { status: 404 }) : error;
    }
  };
