// Signing in under attack (issue: "Auth under attack"). What Google is attacked by: google.test.ts; cookies and forms: core/auth/pages.test.ts.
import { createHmac } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createBcryptHasher } from "../../adapters/passwords/create-bcrypt-hasher.ts";
import { defaultAuthLimits, namedAuthLimits } from "../../core/auth/settings.ts";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";
import { secret } from "../../testing/make-auth.ts";

let api: ApiForTest;
beforeAll(async () => {
  api = await makeApi();
});
afterAll(() => api.remove());

const password = "four-plain-green-kettles";
const minute = 60_000;
const atOnce = 100;
const slowMs = 180_000;
let made = 0;
const names = { first_name: "Asha", last_name: "Rao" };
type Api = Pick<ApiForTest, "json">;
const post = (path: string, body: unknown, ip = "198.51.100.1", kit: Api = api) =>
  kit.json(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": ip },
    body: JSON.stringify(body),
  });
const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) =>
  `${status} ${body.error?.code ?? "ok"}`;
const homeIp = "192.0.2.10";
async function signUp(email = `owner-${(made++).toString()}@example.com`, kit: Api = api) {
  const answer = await post("/auth/register", { email, password, ...names }, homeIp, kit);
  expect(answer.status).toBe(201);
  return { email, user: answer.body.user, token: answer.body.access_token as string };
}
const me = async (token: string, kit: Api = api) =>
  codeOf(await kit.json("/auth/me", { headers: { authorization: `Bearer ${token}` } }));
const tally = (codes: string[]) =>
  Object.fromEntries([...new Set(codes)].sort().map((code) => [code, codes.filter((one) => one === code).length]));

describe("guessing passwords", () => {
  async function guess(count: number, ipOf: (at: number) => string, emailOf: (at: number) => string, kit: Api = api) {
    const codes: string[] = [];
    while (codes.length < count) {
      const round = Array.from({ length: Math.min(atOnce, count - codes.length) }, (_, index) => codes.length + index);
      const wrong = (at: number) => ({ email: emailOf(at), password: `wrong-guess-${at}` });
      codes.push(
        ...(await Promise.all(round.map(async (at) => codeOf(await post("/auth/login", wrong(at), ipOf(at), kit))))),
      );
    }
    return codes;
  }

  test(
    "1000, a hundred at once, from one address cost 5 hashes; the owner signs in from elsewhere and stays signed in",
    async () => {
      const owner = await signUp();
      const before = api.hashes();
      const codes = await guess(
        1000,
        () => "198.51.100.66",
        () => owner.email,
      );
      expect(tally(codes)).toEqual({ "401 unauthenticated": 5, "429 login_throttled": 995 });
      expect(api.hashes() - before).toBe(5);
      expect(await me(owner.token)).toBe("200 ok");
      expect(codeOf(await post("/auth/login", { email: owner.email, password }, "203.0.113.77"))).toBe("200 ok");
      expect(
        (await post("/auth/login", { email: owner.email, password }, "198.51.100.66")).headers.get("retry-after"),
      ).toBe("1");
    },
    slowMs,
  );

  test("300 from 300 addresses cost at most 30 hashes; where the owner signed in before stays open, elsewhere 15 minutes at most", async () => {
    const kit = await makeApi();
    try {
      const owner = await signUp(undefined, kit);
      const before = kit.hashes();
      const codes = await guess(
        300,
        (index) => `10.${index >> 8}.${index & 255}.9`,
        () => owner.email,
        kit,
      );
      expect(kit.hashes() - before).toBeLessThanOrEqual(30);
      expect(codes.filter((code) => code === "429 login_throttled").length).toBeGreaterThan(265);
      const login = (ip: string) => post("/auth/login", { email: owner.email, password }, ip, kit).then(codeOf);
      expect(await me(owner.token, kit)).toBe("200 ok");
      expect(await login(homeIp)).toBe("200 ok");
      expect(await login("203.0.113.78")).toBe("429 login_throttled");
      kit.clock.move(15 * minute);
      expect(await login("203.0.113.78")).toBe("200 ok");
    } finally {
      await kit.remove();
    }
  });

  test("one address that tries 300 accounts is held too", async () => {
    const before = api.hashes();
    const codes = await guess(
      1000,
      () => "198.51.100.67",
      (index) => `victim-${index}@example.com`,
    );
    expect(api.hashes() - before).toBeLessThanOrEqual(30);
    expect(codes.filter((code) => code === "429 login_throttled").length).toBeGreaterThan(265);
  });

  test("the waits double, known and unknown addresses wait alike, and each attempt is on record", async () => {
    const kit = await makeApi();
    try {
      const owner = await signUp(undefined, kit);
      const waits = async (email: string, ip: string) => {
        const seen: string[] = [];
        for (let index = 0; index < 12; index += 1) {
          const answer = await post("/auth/login", { email, password: "wrong-guess-1" }, ip, kit);
          const wait = answer.headers.get("retry-after");
          seen.push(`${answer.status} ${wait ?? ""}`);
          if (wait) kit.clock.move(Number(wait) * 1000);
        }
        return seen;
      };
      const known = await waits(owner.email, "198.51.100.5");
      expect(known).toEqual(await waits("nobody@example.com", "198.51.100.6"));
      expect(known.filter((one) => one.startsWith("429"))).toEqual(["429 1", "429 2", "429 4", "429 8"]);
      const kinds = (await kit.store.authEvents.listByUser(owner.user.id, 100)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "login_failed")).toHaveLength(8);
      expect(kinds.filter((kind) => kind === "login_throttled")).toHaveLength(4);
    } finally {
      await kit.remove();
    }
  });
});

describe("access tokens", () => {
  const claims = { issuer: "trailroom", audience: "trailroom-api" };
  const encode = (text: string) => new TextEncoder().encode(text);
  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  async function forge(over: {
    kid?: string;
    key?: string;
    audience?: string;
    issuer?: string;
    sid?: string;
    expired?: boolean;
  }) {
    const { user, token } = await signUp();
    const { sid } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const now = api.clock.now().getTime() / 1000;
    const jwt = new SignJWT(over.sid === "" ? {} : { sid: over.sid ?? sid })
      .setProtectedHeader({ alg: "HS256", kid: over.kid ?? secret.kid })
      .setSubject(user.id)
      .setIssuer(over.issuer ?? claims.issuer)
      .setAudience(over.audience ?? claims.audience)
      .setIssuedAt(now)
      .setExpirationTime(over.expired ? now - 1 : now + 900);
    return jwt.sign(encode(over.key ?? secret.secret));
  }

  test.each([
    ["as we sign it", {}, "200 ok"],
    ["another key", { key: "another-secret-of-32-characters!" }, "401 unauthenticated"],
    ["another key id", { kid: "b" }, "401 unauthenticated"],
    ["another audience", { audience: "somebody-else" }, "401 unauthenticated"],
    ["another issuer", { issuer: "evil" }, "401 unauthenticated"],
    ["no session", { sid: "" }, "401 unauthenticated"],
    ["a session that is none", { sid: "019ab3f0-2c4e-7a10-9d52-6f1f4b1c0e77" }, "401 session_expired"],
    ["expired", { expired: true }, "401 token_expired"],
  ])("%s", async (_name, over, code) => {
    expect(await me(await forge(over))).toBe(code);
  });

  test("alg none, and our own claims under a key id that an attacker made up, are refused", async () => {
    const { token } = await signUp();
    const [, payload = ""] = token.split(".");
    expect(await me(`${base64({ alg: "none", kid: secret.kid })}.${payload}.`)).toBe("401 unauthenticated");
    const head = base64({ alg: "HS256", kid: "" });
    const signature = createHmac("sha256", "").update(`${head}.${payload}`).digest("base64url");
    expect(await me(`${head}.${payload}.${signature}`)).toBe("401 unauthenticated");
    const other = await signUp();
    const { sub } = JSON.parse(Buffer.from(other.token.split(".")[1] ?? "", "base64url").toString());
    const claimsOf = JSON.parse(Buffer.from(payload, "base64url").toString());
    const [first = "", , last = ""] = token.split(".");
    expect(await me(`${first}.${base64({ ...claimsOf, sub })}.${last}`)).toBe("401 unauthenticated");
  });
});

describe("what a registration may carry", () => {
  const register = (over: Record<string, unknown>) =>
    post("/auth/register", { email: `attack-${(made++).toString()}@example.com`, password, ...names, ...over });

  test("nothing of the account but its address, password and name: role, credits and the rest are not taken", async () => {
    const wanted = {
      role: "admin",
      credits: 5000,
      daily_free_credits: 99,
      is_email_verified: true,
      id: "mine",
      is_demo: true,
    };
    const { body } = await register(wanted);
    const row = await api.store.users.findById(body.user.id);
    expect(row).toMatchObject({
      role: "free",
      credits: 0,
      daily_free_credits: 0,
      is_email_verified: false,
      is_demo: false,
    });
    expect(body.user.id).not.toBe("mine");
  });

  test.each([
    ["a line break in a name", { first_name: "Asha\r\nBcc: evil@evil.example" }],
    ["a turned-around name", { last_name: "\u202egnp.exe" }],
    ["a line break in an address", { email: "a@example.com\r\nBcc: evil@evil.example" }],
    ["two addresses", { email: "a@example.com,evil@evil.example" }],
    ["an address with a name", { email: "Asha <a@example.com>" }],
    ["a quoted local part", { email: '"a b"@example.com' }],
    ["a Cyrillic look-alike", { email: "\u0430sha@example.com" }],
    ["a full-width look-alike", { email: "\uff41sha@example.com" }],
    ["a look-alike domain", { email: "asha@ex\u0430mple.com" }],
    ["an address of 300 characters", { email: `${"a".repeat(300)}@example.com` }],
    ["a password of 10 kB", { password: "x".repeat(10_000) }],
    ["a name of 81 characters", { first_name: "x".repeat(81) }],
    ["a number for a password", { password: 12345678901234 }],
    ["a list for an address", { email: ["a@example.com"] }],
  ])("%s is an invalid request, without hashing", async (_name, over) => {
    const before = api.hashes();
    const answer = await register(over);
    expect(codeOf(answer)).toBe("400 invalid_request");
    expect(JSON.stringify(answer.body)).not.toContain("evil");
    expect(api.hashes()).toBe(before);
  });

  test("a body of a megabyte is too large", async () => {
    expect(codeOf(await register({ first_name: "x".repeat(1_000_000) }))).toBe("413 request_too_large");
  });

  test("bcrypt's 72 bytes: a longer password is refused, and what begins with the right one is not the right one", async () => {
    const exact = "0123456789-abcdefghij".repeat(4).slice(0, 72);
    const { body } = await register({ password: exact });
    const email = body.user.email;
    expect(codeOf(await post("/auth/login", { email, password: exact }))).toBe("200 ok");
    expect(codeOf(await post("/auth/login", { email, password: `${exact}x` }))).toBe("401 unauthenticated");
    expect(codeOf(await register({ password: `${exact}x` }))).toBe("400 weak_password");
  });

  test("two sign-ups with one address at once, in two spellings: one account", async () => {
    const spellings = ["one.shop@gmail.com", "OneShop+free@gmail.com"];
    const answers = await Promise.all(spellings.map((email) => register({ email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  test("an address calls at most 5 times an hour and opens at most 3 accounts a day", async () => {
    const kit = await makeApi({ auth: { authLimits: namedAuthLimits(defaultAuthLimits) } });
    try {
      const call = (ip: string) =>
        post("/auth/register", { email: `limit-${(made++).toString()}@example.com`, password, ...names }, ip, kit);
      const codes = [];
      for (let index = 0; index < 7; index += 1) codes.push(codeOf(await call("198.51.100.90")));
      expect(tally(codes)).toEqual({ "201 ok": 3, "429 rate_limited": 4 });
      expect(kit.hashes()).toBe(3);
      expect(codeOf(await call("198.51.100.91"))).toBe("201 ok");
      // one home has many IPv6 addresses
      const six = [];
      for (let index = 0; index < 4; index += 1) six.push(codeOf(await call(`2001:db8:1:2::${index + 1}`)));
      expect(six).toEqual(["201 ok", "201 ok", "201 ok", "429 rate_limited"]);
    } finally {
      await kit.remove();
    }
  });
});

test("passwords are hashed at cost 12, at most four at once, and a flood is turned away", async () => {
  const hasher = createBcryptHasher({ cost: 12, atOnce: 1, waiting: 1 });
  const [first, second, third] = await Promise.allSettled([hasher.hash("a"), hasher.hash("b"), hasher.hash("c")]);
  expect([first, second].map((one) => (one?.status === "fulfilled" ? one.value.slice(0, 7) : one?.status))).toEqual([
    "$2b$12$",
    "$2b$12$",
  ]);
  expect(third).toMatchObject({ status: "rejected", reason: { code: "rate_limited" } });
});
