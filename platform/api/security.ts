/** What may be sent with an endpoint, for its OpenAPI entry; `authenticate` and `findJob` enforce it. */
type Security = Record<string, string[]>[];

/** J */
export const sessionSecurity: Security = [{ session: [] }];
/** J S */
export const ownSecurity: Security = [{ session: [] }, { secretKey: [] }];
/** J S P */
export const anySecurity: Security = [...ownSecurity, { publishableKey: [] }];
/** J S T */
export const jobSecurity: Security = [...ownSecurity, { publishableKey: [], jobToken: [] }];
/** P */
export const widgetSecurity: Security = [{ publishableKey: [] }];

/** What every endpoint for a signed-in account may answer instead. */
export const sessionRefusals = [
  "invalid_request",
  "unauthenticated",
  "token_expired",
  "session_expired",
  "mfa_required",
  "key_not_permitted",
  "rate_limited",
] as const;
