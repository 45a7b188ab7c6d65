import { settings } from "../../../messages/en/settings.ts";
import type { FaultTexts } from "../../../session/form-fault.ts";

/** What is said when whoever asks for something grave does not show that the account is theirs. */
export const proofTexts: FaultTexts = {
  forbidden: settings.security.wrongPassword,
  session_expired: settings.security.notFresh,
  unauthenticated: settings.security.wrongCode,
};
