import { useCsrfToken } from "../session/use-csrf-token.ts";

/** The session's own token as a form sends it. */
export const CsrfField = () => <input type="hidden" name="csrf" value={useCsrfToken()} />;
