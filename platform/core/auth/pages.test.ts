// What the pages stand on: cookie, session token of forms, origin of requests, where a sign-in may lead.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiForTest } from "../../testing/make-api.ts";
import { makeApi } from "../../testing/make-api.ts";
import { testClient } from "../../testing/make-auth.ts";
import { assertSameOrigin } from "./assert-same-origin.ts";
import { cookieLine, mfaCookie, oauthCookie, readCookie, sessionCookie } from "./cookies.ts";
import { returnPath } from "./return-path.ts";
import { assertCsrfToken } from "./sessions/page-session.ts";

let api: ApiForTest;
beforeAll(async () => {
  api = await makeApi();
});
afterAll(() => api.remove());

const dayMs = 86_400_000;
const start = async (former: string | null = null) => {
  const { user } = await api.caller("session");
  return { user, ...(await api.services.auth.startPageSession({ user, mfaAt: null }, testClient, former)) };
};

describe("page sessions", () => {
  test("a cookie leads to its account, and only as a cookie of the pages", async () => {
    const { user, cookie, csrfToken } = await start();
    const page = await api.services.auth.findPageSession(cookie);
    expect(page).toMatchObject({ csrfToken, needsSecondFactor: false, user: { id: user.id } });
    expect(await api.services.auth.findPageSession(`${cookie}x`)).toBeNull();
    expect(await api.services.auth.findPageSession(null)).toBeNull();
    const asApi = await api.json("/auth/me", { headers: { cookie: `${sessionCookie}=${cookie}` } });
    expect(asApi.status).toBe(401);
    expect((await api.json("/auth/me", { headers: { authorization: `Bearer ${cookie}` } })).status).toBe(401);
  });

  test("session fixation: signing in makes a new session and ends the one the browser came with", async () => {
    const planted = await start();
    const own = await start(planted.cookie);
    expect(own.cookie).not.toBe(planted.cookie);
    expect(await api.services.auth.findPageSession(planted.cookie)).toBeNull();
    expect(await api.services.auth.findPageSession(own.cookie)).not.toBeNull();
  });

  test("a session slides 7 days on with its use, and ends after 30", async () => {
    const kit = await makeApi();
    try {
      const { user } = await kit.caller("session");
      const { auth } = kit.services;
      const { cookie } = await auth.startPageSession({ user, mfaAt: null }, testClient, null);
      expect((await auth.findPageSession(cookie))?.renewedUntil).toBeNull();
      for (let day = 6; day < 30; day += 6) {
        kit.clock.move(6 * dayMs);
        const until = (await auth.findPageSession(cookie))?.renewedUntil;
        expect(until?.getTime()).toBe(kit.clock.now().getTime() + Math.min(7, 30 - day) * dayMs);
      }
      kit.clock.move(6 * dayMs);
      expect(await auth.findPageSession(cookie)).toBeNull();
      const idle = await auth.startPageSession({ user, mfaAt: null }, testClient, null);
      kit.clock.move(7 * dayMs);
      expect(await auth.findPageSession(idle.cookie)).toBeNull();
    } finally {
      await kit.remove();
    }
  });

  test("a form needs the token of its own session", async () => {
    const [mine, other] = [await start(), await start()];
    const page = await api.services.auth.findPageSession(mine.cookie);
    if (!page) throw new Error("no session");
    expect(() => assertCsrfToken(page, mine.csrfToken)).not.toThrow();
    for (const wrong of [other.csrfToken, mine.cookie, "", undefined, null]) {
      expect(() => assertCsrfToken(page, wrong)).toThrow("not allowed");
    }
  });
});

test("a page's request that changes something comes from a page of ours, or it is refused", () => {
  const check = (method: string, headers: Record<string, string>) => () =>
    assertSameOrigin(method, new Headers(headers), "https://platform.example");
  const own = { origin: "https://platform.example", "sec-fetch-site": "same-origin" };
  expect(check("POST", own)).not.toThrow();
  expect(check("POST", { origin: own.origin })).not.toThrow();
  expect(check("GET", { origin: "https://evil.example" })).not.toThrow();
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    expect(check(method, { origin: "https://evil.example", "sec-fetch-site": "cross-site" })).toThrow();
    expect(check(method, { ...own, "sec-fetch-site": "same-site" })).toThrow();
    expect(check(method, { ...own, origin: "https://platform.example.evil.example" })).toThrow();
    expect(check(method, { origin: "null" })).toThrow();
    expect(check(method, {})).toThrow();
  }
});

test.each([
  ["/dashboard/keys?new=1", "/dashboard/keys?new=1"],
  ["/admin", "/admin"],
  ["//evil.example/dashboard", "/dashboard"],
  ["/\\evil.example/dashboard", "/dashboard"],
  ["/\t/evil.example/dashboard", "/dashboard"],
  ["https://evil.example/dashboard", "/dashboard"],
  ["javascript:alert(1)", "/dashboard"],
  ["/dashboard/../api/v1/auth/me", "/dashboard"],
  ["/dashboards", "/dashboard"],
  ["/login", "/dashboard"],
  ["", "/dashboard"],
  [undefined, "/dashboard"],
])("after signing in %s leads to %s", (wanted, path) => {
  expect(returnPath(wanted)).toBe(path);
});

test("cookies are bound to the host, out of reach of scripts, and read back", () => {
  for (const name of [sessionCookie, oauthCookie, mfaCookie]) {
    const line = cookieLine(name, "abc", new Date(Date.UTC(2026, 11, 1)));
    expect(line).toBe(`${name}=abc; Expires=Tue, 01 Dec 2026 00:00:00 GMT; Path=/; HttpOnly; Secure; SameSite=Lax`);
    expect(readCookie(`a=b; ${line}`, name)).toBe("abc");
    expect(cookieLine(name, "abc", null)).toBe(`${name}=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax`);
  }
  expect(readCookie("x__Host-session=abc", sessionCookie)).toBeNull();
  expect(readCookie(undefined, sessionCookie)).toBeNull();
});
