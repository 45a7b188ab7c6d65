import { createHash, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createGoogleIdentity } from "../../adapters/identity/google/create-google-identity.ts";
import { oauthCookie, sessionCookie } from "../../core/auth/cookies.ts";
import type { GoogleFault, GooglePerson } from "../../sandbox/google/start-google.ts";
import { startGoogle } from "../../sandbox/google/start-google.ts";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";
import { platformUrl } from "../../testing/make-auth.ts";

const client = {
  id: "client-1.apps.example",
  secret: "sandbox-secret",
  redirectUri: `${platformUrl}/api/v1/auth/google/callback`,
};
let api: ApiForTest;
let google: Awaited<ReturnType<typeof startGoogle>>;
beforeAll(async () => {
  google = await startGoogle(client);
  const identity = createGoogleIdentity({ clientId: client.id, clientSecret: client.secret, baseUrl: google.url });
  api = await makeApi({ auth: { identity } });
});
afterAll(async () => {
  await api.remove();
  await google.stop();
});

let people = 0;
const newPerson = (over: Partial<GooglePerson> = {}): GooglePerson => {
  people += 1;
  return {
    sub: `sub-${people}`,
    email: `person-${people}@gmail.com`,
    email_verified: true,
    given_name: "Asha",
    ...over,
  };
};
beforeEach(() => {
  google.state.fault = "none";
  google.state.denies = false;
  google.state.person = newPerson();
});

/** What a browser would do: begin, go to Google, come back. */
async function begin(query = "") {
  const answer = await api.call(`/auth/google${query}`);
  const cookie = /__Host-oauth=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "";
  return {
    status: answer.status,
    url: answer.headers.get("location") ?? "",
    cookie,
    line: answer.headers.get("set-cookie"),
  };
}
async function consent(url: string) {
  const answer = await fetch(url, { redirect: "manual" });
  return new URL(answer.headers.get("location") ?? "");
}
const comeBack = (back: URL, cookie: string | null) =>
  api.call(`/auth/google/callback${back.search}`, {
    headers: cookie === null ? {} : { cookie: `${oauthCookie}=${cookie}` },
  });
async function signIn(query = "?response=json") {
  const { url, cookie } = await begin(query);
  return comeBack(await consent(url), cookie);
}
const asJson = async (answer: Response) => ({ status: answer.status, body: await answer.json() });

describe("signing in with Google", () => {
  test("asks with state, nonce and PKCE, and binds them to the browser by a cookie of ten minutes", async () => {
    const { status, url, line } = await begin();
    expect(status).toBe(302);
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(query).toMatchObject({
      response_type: "code",
      client_id: client.id,
      redirect_uri: client.redirectUri,
      code_challenge_method: "S256",
      scope: "openid email profile",
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(query[name]).toMatch(/^[\w-]{43}$/);
    expect(line).toMatch(/^__Host-oauth=[\w-]{43}; Expires=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  test("a new person gets a verified account with its free credits; the same one finds it again", async () => {
    const first = await asJson(await signIn());
    expect(first.status).toBe(200);
    expect(first.body.user).toMatchObject({
      email: google.state.person.email,
      is_email_verified: true,
      auth_provider: "google",
      daily_free_credits: 3,
    });
    google.state.person = { ...google.state.person, email: "renamed@gmail.com" };
    const again = await asJson(await signIn());
    expect(again.body.user.id).toBe(first.body.user.id);
  });

  test("the page flow ends in the session cookie and a path of ours, wherever it was asked to lead", async () => {
    for (const [wanted, path] of [
      ["/dashboard/keys", "/dashboard/keys"],
      ["https://evil.example", "/dashboard"],
      ["//evil.example", "/dashboard"],
    ]) {
      const answer = await signIn(`?return_to=${encodeURIComponent(wanted ?? "")}`);
      expect([answer.status, answer.headers.get("location")]).toEqual([302, path]);
      const cookies = answer.headers.getSetCookie();
      expect(cookies.some((line) => line.startsWith(`${oauthCookie}=; Max-Age=0`))).toBe(true);
      const session = cookies.find((line) => line.startsWith(sessionCookie));
      const value = /=([^;]+)/.exec(session ?? "")?.[1] ?? "";
      expect(await api.services.auth.findPageSession(value)).not.toBeNull();
    }
  });

  test("an account with a second factor is asked for it here too", async () => {
    const { body } = await asJson(await signIn());
    const now = api.clock.now();
    const mfa = {
      user_id: body.user.id,
      sealed_secret: api.services.ring.encrypt("JBSWY3DPEHPK3PXP"),
      confirmed_at: null,
      last_step: 0,
      created_at: now,
      updated_at: now,
    };
    await api.store.mfa.begin(mfa);
    await api.store.mfa.confirm(body.user.id, 0, now);
    expect((await asJson(await signIn())).body).toEqual({ mfa_token: expect.any(String) });
    const page = await signIn("");
    expect(page.headers.get("location")).toMatch(/^\/login\/second-factor/);
    expect(page.headers.getSetCookie().join()).not.toContain(`${sessionCookie}=`);
  });

  test("without Google's settings there is no such endpoint", async () => {
    const plain = await makeApi();
    expect((await plain.call("/auth/google")).status).toBe(404);
    await plain.remove();
  });
});

describe("what does not check out", () => {
  const faults: GoogleFault[] = [
    "wrong_nonce",
    "wrong_audience",
    "wrong_issuer",
    "expired",
    "unknown_key",
    "forged",
    "alg_none",
    "token_500",
    "no_iss",
    "other_iss",
  ];
  test.each(faults)("%s is refused, and opens no account", async (fault) => {
    google.state.fault = fault;
    const { status, body } = await asJson(await signIn());
    expect([status, body.error?.code]).toEqual([403, "forbidden"]);
    expect(await api.store.users.findByGoogleSub(google.state.person.sub)).toBeNull();
    expect((await signIn("")).headers.get("location")).toBe("/login?error=google");
  });

  test("an address that Google has not verified, or a refusal by the person, is no sign-in", async () => {
    google.state.person = newPerson({ email_verified: false });
    expect((await signIn()).status).toBe(403);
    google.state.denies = true;
    expect((await signIn()).status).toBe(403);
  });

  test("a state works once, in its own browser, in ten minutes", async () => {
    const mine = await begin("?response=json");
    const back = await consent(mine.url);
    const other = await begin("?response=json");
    expect((await comeBack(back, null)).status).toBe(403);
    expect((await comeBack(back, other.cookie)).status).toBe(403);
    expect((await comeBack(back, mine.cookie)).status).toBe(200);
    expect((await comeBack(back, mine.cookie)).status).toBe(403);
    const late = await begin("?response=json");
    const lateBack = await consent(late.url);
    api.clock.move(10 * 60_000);
    expect((await comeBack(lateBack, late.cookie)).status).toBe(403);
  });

  test("an attacker's code in the victim's sign-in is refused: code and nonce belong to their own state", async () => {
    const attacker = await consent((await begin("?response=json")).url);
    const victim = await begin("?response=json");
    const back = await consent(victim.url);
    back.searchParams.set("code", attacker.searchParams.get("code") ?? "");
    expect((await comeBack(back, victim.cookie)).status).toBe(403);
  });

  test("a key that Google rotated in is fetched, once", async () => {
    expect((await signIn()).status).toBe(200);
    google.rotateKeys();
    // jose asks again at most once a second
    const giveUpAt = Date.now() + 5_000;
    let status = 0;
    while (status !== 200 && Date.now() < giveUpAt) ({ status } = await signIn());
    expect(status).toBe(200);
  });
});

describe("accounts that exist", () => {
  const password = "four-plain-green-kettles";
  const register = (email: string) =>
    api.json("/auth/register", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password, first_name: "A", last_name: "B" }),
    });
  const login = (email: string) =>
    api.call("/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password }),
    });

  test("an unverified password account on the address is taken over: password, sessions and keys end, a mail says so", async () => {
    const { email } = google.state.person;
    const squatter = (await register(email)).body;
    const owner = await asJson(await signIn());
    expect(owner.body.user).toMatchObject({ id: squatter.user.id, is_email_verified: true, has_password: false });
    expect((await login(email)).status).toBe(401);
    expect((await api.call("/auth/me", { headers: { authorization: `Bearer ${squatter.access_token}` } })).status).toBe(
      401,
    );
    expect((await api.call("/credits", { headers: { "x-api-key": squatter.api_key } })).status).toBe(401);
    const mails = await api.store.outbox.listPending(api.clock.now(), 1000, "mail");
    expect(mails.filter(({ user_id }) => user_id === squatter.user.id).map(({ type }) => type)).toContain(
      "google_took_over",
    );
  });

  test("a verified one is linked and keeps its password; another Google account never gets it", async () => {
    const { email, sub } = google.state.person;
    const made = (await register(email)).body;
    await api.store.users.update(made.user.id, { is_email_verified: true });
    expect((await asJson(await signIn())).body.user).toMatchObject({
      id: made.user.id,
      is_google_linked: true,
      has_password: true,
    });
    expect((await login(email)).status).toBe(200);
    google.state.person = newPerson({ email });
    expect(google.state.person.sub).not.toBe(sub);
    expect((await signIn()).status).toBe(403);
  });
});

test("the stand-in speaks as Google does: PEM map beside the JWKS, PKCE held, codes once", async () => {
  const certs = (await (await fetch(`${google.url}/oauth2/v1/certs`)).json()) as Record<string, string>;
  for (const pem of Object.values(certs)) {
    const certificate = new X509Certificate(pem);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  }
  const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  expect(challenge).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.id,
    redirect_uri: client.redirectUri,
    scope: "openid",
    state: "s",
    nonce: "n",
    code_challenge: challenge,
    code_challenge_method: "S256",
  });
  const code = (await consent(`${google.url}/o/oauth2/v2/auth?${query}`)).searchParams.get("code") ?? "";
  const exchange = (given: string) =>
    fetch(`${google.url}/token`, {
      method: "POST",
      body: new URLSearchParams({
        client_id: client.id,
        client_secret: client.secret,
        code,
        code_verifier: given,
        grant_type: "authorization_code",
        redirect_uri: client.redirectUri,
      }),
    });
  expect((await exchange("wrong")).status).toBe(400);
  expect(await (await exchange(verifier)).json()).toMatchObject({ error: "invalid_grant" });
});
