import { errors, jwtVerify, SignJWT } from "jose";
import { AppError } from "../errors.ts";
import type { Clock } from "../ports.ts";

/** `kid:secret` pairs: the first signs, all verify (spec §7 JWT_SECRET). */
export interface SigningKey {
  kid: string;
  secret: string;
}

const issuer = "trailroom";
const audience = "trailroom-api";
const lifetimeMs = 15 * 60_000;
const encode = (secret: string) => new TextEncoder().encode(secret);

/** Access tokens of the REST API: HS256, 15 minutes, each bound to a session. */
export function createSessionTokens(keys: SigningKey[], clock: Clock) {
  const [signing] = keys;
  if (!signing) throw new Error("no signing key");
  return {
    issue: (userId: string, sessionId: string) =>
      new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: "HS256", kid: signing.kid })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(clock.now())
        .setExpirationTime(new Date(clock.now().getTime() + lifetimeMs))
        .sign(encode(signing.secret)),
    /** Whose it is and of which session. Throws token_expired or unauthenticated. */
    verify: async (token: string): Promise<{ userId: string; sessionId: string }> => {
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid }) => {
            const key = keys.find((one) => one.kid === kid);
            if (!key) throw new AppError("unauthenticated");
            return encode(key.secret);
          },
          { issuer, audience, algorithms: ["HS256"], requiredClaims: ["sub", "sid", "exp"], currentDate: clock.now() },
        );
        return { userId: payload.sub ?? "", sessionId: String(payload.sid) };
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new AppError("token_expired");
        throw new AppError("unauthenticated", { cause: error });
      }
    },
  };
}

export type SessionTokens = ReturnType<typeof createSessionTokens>;
