import { errors, jwtVerify, SignJWT } from "jose";
import { AppError } from "../errors.ts";

/** `kid:secret` pairs: the first signs, all verify (spec §7 JWT_SECRET). */
export interface SigningKey {
  kid: string;
  secret: string;
}

const issuer = "trailroom";
const audience = "trailroom-api";
const lifetime = "15m";
const encode = (secret: string) => new TextEncoder().encode(secret);

/** Access tokens of the REST API: HS256, 15 minutes. */
export function createSessionTokens(keys: SigningKey[]) {
  const [signing] = keys;
  if (!signing) throw new Error("no signing key");
  return {
    issue: (userId: string) =>
      new SignJWT({})
        .setProtectedHeader({ alg: "HS256", kid: signing.kid })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(encode(signing.secret)),
    /** The account's id. Throws token_expired or unauthenticated. */
    verify: async (token: string): Promise<string> => {
      try {
        const { payload } = await jwtVerify(
          token,
          ({ kid }) => {
            const key = keys.find((one) => one.kid === kid);
            if (!key) throw new AppError("unauthenticated");
            return encode(key.secret);
          },
          { issuer, audience, algorithms: ["HS256"], requiredClaims: ["sub", "exp"] },
        );
        return payload.sub ?? "";
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new AppError("token_expired");
        throw new AppError("unauthenticated", { cause: error });
      }
    },
  };
}

export type SessionTokens = ReturnType<typeof createSessionTokens>;
