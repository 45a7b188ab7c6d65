import { errors, jwtVerify } from "jose";
import type { KeyRing } from "../crypto/key-ring.ts";
import { AppError } from "../errors.ts";
import type { ApiKey } from "../model.ts";
import type { Clock } from "../ports.ts";

const lifetimeS = 15 * 60;
/** of the merchant's clock against ours */
const toleranceS = 30;
const shopperForm = /^[A-Za-z0-9_-]{1,64}$/;

const refuse = (reason: string, cause?: unknown) =>
  new AppError("unauthenticated", { details: { "x-shopper-session": reason }, cause });

/**
 * The shopper that a merchant's server vouches for: a JWT that it signed with the key's session secret (HS256, `sub` the
 * shopper, `iat` at most 15 minutes ago). Throws unauthenticated or token_expired.
 */
export async function readShopperSession(
  { ring, clock }: { ring: KeyRing; clock: Clock },
  { session_secret }: Pick<ApiKey, "session_secret">,
  token: string | undefined,
): Promise<string> {
  if (!token || !session_secret) throw refuse("missing");
  const secret = new TextEncoder().encode(ring.decrypt(session_secret));
  try {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: ["HS256"],
      requiredClaims: ["sub", "iat"],
      maxTokenAge: lifetimeS,
      clockTolerance: toleranceS,
      currentDate: clock.now(),
    });
    if (!shopperForm.test(payload.sub ?? "")) throw refuse("sub is 1 to 64 of A-Za-z0-9_-");
    return payload.sub ?? "";
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof errors.JWTExpired) throw new AppError("token_expired", { cause: error });
    throw refuse("not signed with this key's session secret, or without iat and sub", error);
  }
}
