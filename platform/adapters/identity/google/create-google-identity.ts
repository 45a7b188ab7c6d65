import { createRemoteJWKSet, customFetch, jwtVerify } from "jose";
import { z } from "zod";
import { AppError } from "../../../core/errors.ts";
import type { IdentityProvider, ProvenIdentity } from "../../../core/sign-in-ports.ts";

interface GoogleOptions {
  clientId: string;
  clientSecret: string;
  /** https://accounts.google.com, or a stand-in's */
  baseUrl: string;
}

const timeoutMs = 10_000;
const discoveryTtlMs = 3_600_000;
/** between their clock and ours */
const skewS = 60;

const discoverySchema = z.object({
  issuer: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});
type Discovery = z.infer<typeof discoverySchema>;
const tokenSchema = z.object({ id_token: z.string() });
const claimsSchema = z.object({
  sub: z.string().min(1).max(255),
  email: z.string().min(3),
  email_verified: z.boolean(),
  nonce: z.string(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  picture: z.url({ protocol: /^https$/ }).optional(),
});

const refused = (log: string, cause?: unknown) =>
  new AppError("forbidden", { details: { google: "the sign-in did not check out" }, log, cause });

async function getJson(url: string, init: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(url, { ...init, redirect: "error", signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}`);
  return answer.json();
}

/** Reads the provider's own description, and holds on to it for an hour. */
function createDiscovery(baseUrl: string) {
  let known: { at: number; found: Discovery } | null = null;
  return async () => {
    if (known && Date.now() - known.at < discoveryTtlMs) return known.found;
    const found = discoverySchema.parse(await getJson(`${baseUrl}/.well-known/openid-configuration`));
    // a description that names another issuer is somebody else's
    if (found.issuer !== baseUrl) throw new Error("the issuer is not the one that was asked");
    known = { at: Date.now(), found };
    return found;
  };
}

type Keys = ReturnType<typeof createRemoteJWKSet>;

/** The provider's keys, held on to; fetched again once when one is unknown, at most every second. */
function createKeys() {
  const fetchKeys = (url: string, init: object) => fetch(url, { ...init, redirect: "error" });
  const options = { timeoutDuration: timeoutMs, cooldownDuration: 1_000, [customFetch]: fetchKeys };
  let known: { uri: string; keys: Keys } | null = null;
  return (uri: string): Keys => {
    if (known?.uri !== uri) known = { uri, keys: createRemoteJWKSet(new URL(uri), options) };
    return known.keys;
  };
}

interface CodeAnswer {
  code: string;
  codeVerifier: string;
  redirectUri: string;
}

async function exchangeCode(
  { clientId, clientSecret }: GoogleOptions,
  { token_endpoint }: Discovery,
  { code, codeVerifier, redirectUri }: CodeAnswer,
): Promise<string> {
  const body = new URLSearchParams({
    client_id: clientId,
    client_secret: clientSecret,
    code,
    code_verifier: codeVerifier,
    grant_type: "authorization_code",
    redirect_uri: redirectUri,
  });
  return tokenSchema.parse(await getJson(token_endpoint, { method: "POST", body })).id_token;
}

/** Throws unless the token is this provider's, for us, fresh, and the answer to this very request. */
async function prove(
  idToken: string,
  { keys, issuer, clientId, nonce }: { keys: Keys; issuer: string; clientId: string; nonce: string },
): Promise<ProvenIdentity> {
  const { payload } = await jwtVerify(idToken, keys, {
    algorithms: ["RS256"],
    issuer: [issuer, new URL(issuer).host],
    audience: clientId,
    clockTolerance: skewS,
    requiredClaims: ["exp", "iat", "sub", "nonce"],
    maxTokenAge: "1h",
  });
  if (Array.isArray(payload.aud) && payload.aud.length > 1) throw new Error("the token is meant for others too");
  const claims = claimsSchema.parse(payload);
  if (claims.nonce !== nonce) throw new Error("the nonce is another one");
  return {
    sub: claims.sub,
    email: claims.email,
    isEmailVerified: claims.email_verified,
    firstName: claims.given_name ?? null,
    lastName: claims.family_name ?? null,
    picture: claims.picture ?? null,
  };
}

/** Sign in with Google: code and PKCE, and every check of the ID token that a library may leave out (contracts §5). */
export function createGoogleIdentity(options: GoogleOptions): IdentityProvider {
  const discover = createDiscovery(options.baseUrl);
  const keysOf = createKeys();
  return {
    authorizationUrl: async ({ state, nonce, codeChallenge, redirectUri }) => {
      const found = await discover().catch((error: unknown) => {
        throw refused(`discovery: ${error}`, error);
      });
      const url = new URL(found.authorization_endpoint);
      const query = {
        response_type: "code",
        client_id: options.clientId,
        redirect_uri: redirectUri,
        scope: "openid email profile",
        state,
        nonce,
        code_challenge: codeChallenge,
        code_challenge_method: "S256",
        prompt: "select_account",
      };
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      return url.href;
    },
    exchange: async ({ nonce, iss, ...answer }) => {
      try {
        const found = await discover();
        // mix-up: an answer of another issuer must not have its code sent to this one
        const mustName = found.authorization_response_iss_parameter_supported === true;
        if (iss === null ? mustName : iss !== found.issuer) throw new Error("the answer is another issuer's");
        const idToken = await exchangeCode(options, found, answer);
        const { issuer, jwks_uri } = found;
        return await prove(idToken, { keys: keysOf(jwks_uri), issuer, clientId: options.clientId, nonce });
      } catch (error) {
        throw refused(String(error), error);
      }
    },
  };
}
