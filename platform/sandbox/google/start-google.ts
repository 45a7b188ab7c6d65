import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { SignJWT } from "jose";
import { makeCertificate } from "../certificates/make-certificate.ts";

export interface GooglePerson {
  sub: string;
  email: string;
  email_verified: boolean;
  given_name?: string;
  family_name?: string;
}

/** What may go wrong, one at a time. */
export type GoogleFault =
  | "none"
  | "wrong_nonce"
  | "wrong_audience"
  | "wrong_issuer"
  | "expired"
  | "unknown_key"
  | "forged"
  | "alg_none"
  | "token_500"
  | "no_iss"
  | "other_iss";

interface Grant {
  person: GooglePerson;
  nonce: string;
  challenge: string;
  redirectUri: string;
}

const makeKey = () => ({ kid: randomBytes(4).toString("hex"), ...generateKeyPairSync("rsa", { modulusLength: 2048 }) });
const hourS = 3600;

interface Client {
  id: string;
  secret: string;
  redirectUri: string;
}

const newState = () => ({
  base: "",
  fault: "none" as GoogleFault,
  person: { sub: "1000", email: "asha@gmail.com", email_verified: true, given_name: "Asha" } as GooglePerson,
  denies: false,
  keys: [makeKey()],
  grants: new Map<string, Grant>(),
});
type State = ReturnType<typeof newState>;

function addConsent(app: Hono, state: State, client: Client) {
  app.get("/o/oauth2/v2/auth", (c) => {
    const query = c.req.query();
    const isOurs = query.client_id === client.id && query.redirect_uri === client.redirectUri;
    if (!isOurs) return c.text("Error 400: redirect_uri_mismatch", 400);
    if (query.response_type !== "code" || query.code_challenge_method !== "S256" || !query.scope?.includes("openid")) {
      return c.text("Error 400: invalid_request", 400);
    }
    const back = new URL(client.redirectUri);
    back.searchParams.set("state", query.state ?? "");
    const iss = state.fault === "other_iss" ? "https://evil.example" : state.base;
    if (state.fault !== "no_iss") back.searchParams.set("iss", iss);
    if (state.denies) {
      back.searchParams.set("error", "access_denied");
      return c.redirect(back.href);
    }
    const code = randomBytes(16).toString("base64url");
    const { nonce = "", code_challenge: challenge = "" } = query;
    state.grants.set(code, { person: state.person, nonce, challenge, redirectUri: client.redirectUri });
    back.searchParams.set("code", code);
    back.searchParams.set("scope", "openid email profile");
    return c.redirect(back.href);
  });
}

function addTokens(app: Hono, state: State, client: Client) {
  app.post("/token", async (c) => {
    if (state.fault === "token_500") return c.html("<h1>500</h1>", 500);
    const form = await c.req.parseBody();
    if (form.client_id !== client.id || form.client_secret !== client.secret) {
      return c.json({ error: "invalid_client" }, 401);
    }
    const grant = state.grants.get(String(form.code));
    state.grants.delete(String(form.code));
    const challenge = createHash("sha256").update(String(form.code_verifier)).digest("base64url");
    if (!grant || challenge !== grant.challenge || form.redirect_uri !== grant.redirectUri) {
      return c.json({ error: "invalid_grant", error_description: "Bad Request" }, 400);
    }
    const id_token = await signIdToken(state, client.id, grant);
    const rest = {
      access_token: "ya29.sandbox",
      expires_in: 3599,
      scope: "openid email profile",
      token_type: "Bearer",
    };
    return c.json({ ...rest, id_token });
  });
}

function addKeys(app: Hono, state: State) {
  app.get("/.well-known/openid-configuration", (c) =>
    c.json({
      issuer: state.base,
      authorization_endpoint: `${state.base}/o/oauth2/v2/auth`,
      token_endpoint: `${state.base}/token`,
      jwks_uri: `${state.base}/oauth2/v3/certs`,
      response_types_supported: ["code"],
      id_token_signing_alg_values_supported: ["RS256"],
      code_challenge_methods_supported: ["S256"],
      authorization_response_iss_parameter_supported: true,
    }),
  );
  app.get("/oauth2/v3/certs", (c) => {
    const toJwk = ({ kid, publicKey }: (typeof state.keys)[number]) => ({
      ...publicKey.export({ format: "jwk" }),
      kid,
      alg: "RS256",
      use: "sig",
    });
    return c.json({ keys: state.keys.map(toJwk) }, 200, { "Cache-Control": "public, max-age=19800" });
  });
  app.get("/oauth2/v1/certs", (c) =>
    c.json(Object.fromEntries(state.keys.map((key) => [key.kid, makeCertificate("accounts.google.com", key).cert]))),
  );
}

/** A Google of the sandbox: discovery, consent, token, keys (JWKS and PEM map), with the faults of GoogleFault. Consents at once as `person`. */
function createGoogle(client: Client) {
  const state = newState();
  const app = new Hono();
  addKeys(app, state);
  addConsent(app, state, client);
  addTokens(app, state, client);
  return {
    app,
    state,
    /** New keys, the old ones gone: a verifier has to fetch them again. */
    rotateKeys: () => {
      state.keys = [makeKey()];
    },
  };
}

async function signIdToken({ fault, base, keys }: State, clientId: string, { person, nonce }: Grant) {
  const [known] = keys;
  if (!known) throw new Error("no key");
  const now = Math.floor(Date.now() / 1000) - (fault === "expired" ? 2 * hourS : 0);
  const claims = { ...person, nonce: fault === "wrong_nonce" ? "another" : nonce, azp: clientId };
  if (fault === "alg_none") {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const payload = { ...claims, iss: base, aud: clientId, iat: now, exp: now + hourS };
    return `${part({ alg: "none", typ: "JWT" })}.${part(payload)}.`;
  }
  const isOther = fault === "unknown_key" || fault === "forged";
  const key = isOther ? makeKey() : known;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", kid: fault === "forged" ? known.kid : key.kid, typ: "JWT" })
    .setIssuer(fault === "wrong_issuer" ? "https://evil.example" : base)
    .setAudience(fault === "wrong_audience" ? "somebody-else" : clientId)
    .setIssuedAt(now)
    .setExpirationTime(now + hourS)
    .sign(key.privateKey);
}

/** The stand-in on a free port of loopback. */
export async function startGoogle(client: Client) {
  const google = createGoogle(client);
  const server = serve({ fetch: google.app.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
  await new Promise<void>((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  google.state.base = `http://127.0.0.1:${port}`;
  return {
    ...google,
    url: google.state.base,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
