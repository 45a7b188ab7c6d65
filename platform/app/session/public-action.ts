import type { ActionFunctionArgs } from "@remix-run/node";
import { AppError } from "../../core/errors.ts";
import type { FaultTexts } from "./form-fault.ts";
import { answerFault } from "./form-fault.ts";

/** The action of a page that nobody need be signed in for: there is no session whose token it could ask for, so that the check of the request's origin (server/http.ts) stands alone. */
export const publicAction =
  <T>(handle: (args: ActionFunctionArgs & { form: FormData }) => Promise<T>, texts?: FaultTexts) =>
  async (args: ActionFunctionArgs) => {
    const form = await args.request.formData().catch(() => new FormData());
    try {
      return await handle({ ...args, form });
    } catch (error) {
      if (error instanceof AppError) return answerFault(error, form, texts);
      throw error;
    }
  };
