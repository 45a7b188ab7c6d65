// The fields that forms share: bounds as the API has them, messages for the reader.
import { z } from "zod";
import { isEmailAddress } from "../../core/accounts/parse-email.ts";
import { isPlainLine } from "../../core/accounts/plain-text.ts";
import { faults } from "../messages/en/faults.ts";

const mostPassword = 200;

export const emailField = z
  .string(faults.required)
  .trim()
  .min(1, faults.required)
  .max(254, faults.tooLong)
  .refine(isEmailAddress, faults.email);
export const passwordField = z.string(faults.required).min(1, faults.required).max(mostPassword, faults.tooLong);
/** on an account without a password the field is not there */
export const ownerPasswordField = z.string().max(mostPassword, faults.tooLong).optional();
export const lineField = (most: number) =>
  z.string(faults.required).trim().max(most, faults.tooLong).refine(isPlainLine, faults.plainLine);
export const nameField = lineField(80).min(1, faults.required);
export const codeField = z.string(faults.required).trim().min(1, faults.required).max(40, faults.tooLong);
export const tokenField = z.string().max(200);
