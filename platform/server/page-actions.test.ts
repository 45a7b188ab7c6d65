// Every action of the pages, read from the built routes: refused from a foreign page, refused without the session's own token.
import path from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sessionCookie } from "../core/auth/cookies.ts";
import { testClient } from "../testing/make-auth.ts";
import type { HttpForTest } from "../testing/start-http.ts";
import { ownPage, publicUrl, startHttp } from "../testing/start-http.ts";

const build = (await import(path.join(import.meta.dirname, "../build/server/index.js"))) as ServerBuild;

/** For people who are not signed in: there is no session whose token they could show. */
const withoutSession = [
  "/colour-scheme",
  "/forgot-password",
  "/login",
  "/login/second-factor",
  "/register",
  "/reset-password",
  "/verify-email",
];

function pathOf(id: string): string {
  const route = build.routes[id];
  if (!route) return "";
  const own = (route.path ?? "").replaceAll(/:\w+/g, "x").replace("*", "no-such-page");
  const parent = route.parentId ? pathOf(route.parentId) : "";
  return own ? `${parent === "/" ? "" : parent}/${own}` : parent;
}

const actions = Object.values(build.routes).flatMap((route) => {
  if (!route?.module.action) return [];
  return [`${pathOf(route.id) || "/"}${route.index ? "?index" : ""}`];
});
const signedActions = actions.filter((at) => !withoutSession.includes(at));

let http: HttpForTest;
let cookie: string;
let csrf: string;
let userId: string;
beforeAll(async () => {
  http = await startHttp();
  const { services } = http;
  const person = { email: "asha@shop.example", password: "four-plain-green-kettles", firstName: "A", lastName: "R" };
  const signedIn = await services.auth.registerOnPage(person, testClient);
  userId = signedIn.user.id;
  const started = await services.auth.startPageSession(signedIn, testClient, null);
  cookie = `${sessionCookie}=${started.cookie}`;
  csrf = started.csrfToken;
}, 60_000);
afterAll(() => http?.remove());

const post = (at: string, headers: Record<string, string>, fields: Record<string, string>) =>
  http.app.request(at, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields),
  });
/** as the browser's script asks for the same action */
const dataOf = (at: string) => at.replace(/^([^?]*)/, (route) => (route === "/" ? "/_root.data" : `${route}.data`));

test("the actions that need no session are these and no others", () => {
  expect(actions.filter((at) => withoutSession.includes(at)).sort()).toEqual(withoutSession);
  expect(signedActions).toContain("/sign-out");
  expect(signedActions).toContain("/dashboard/settings/security");
});

describe.each(actions)("%s", (at) => {
  test("is refused from a foreign page, whatever it carries", async () => {
    for (const headers of [
      { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
      { origin: "null" },
      { origin: publicUrl, "sec-fetch-site": "same-site" },
    ] as Record<string, string>[]) {
      for (const address of [at, dataOf(at)]) {
        const answer = await post(address, { ...headers, cookie }, { csrf, intent: "end-all" });
        expect(answer.status, address).toBe(403);
        expect(answer.headers.get("set-cookie")).toBeNull();
      }
    }
  });
});

describe.each(signedActions)("%s", (at) => {
  test("is refused without the session's own token, and without a session", async () => {
    for (const fields of [{}, { csrf: "" }, { csrf: `${csrf}x` }, { csrf: cookie }] as Record<string, string>[]) {
      for (const intent of ["end-all", "delete", "name"]) {
        expect((await post(at, { ...ownPage, cookie }, { ...fields, intent })).status).toBe(403);
      }
    }
    expect((await post(dataOf(at), { ...ownPage, cookie }, { intent: "end-all" })).status).toBe(403);
    const nobody = await post(at, ownPage, { csrf, intent: "end-all" });
    expect([nobody.status, nobody.headers.get("location")?.split("?")[0]]).toEqual([302, "/login"]);
  });
});

test("none of these did anything: the session lives, and the account with it", async () => {
  const page = await http.services.auth.findPageSession(cookie.slice(sessionCookie.length + 1));
  expect(page?.user).toMatchObject({ id: userId, first_name: "A", is_active: true });
  // the same form with the token does what it says
  const answer = await post(
    "/dashboard/settings",
    { ...ownPage, cookie },
    { csrf, intent: "name", first_name: "Asha", last_name: "Rao" },
  );
  expect([answer.status, answer.headers.get("location")]).toEqual([303, "/dashboard/settings?done=saved"]);
  expect((await http.services.store.users.findById(userId))?.first_name).toBe("Asha");
});

test("an admin without a second factor can enrol and do nothing else", async () => {
  await http.services.store.users.update(userId, { role: "admin" });
  const get = (at: string) => http.app.request(at, { headers: { cookie } });
  for (const at of ["/dashboard/settings", "/dashboard/settings/data", "/dashboard/settings/export"]) {
    const answer = await get(at);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/dashboard/settings/security"]);
  }
  const enrol = await get("/dashboard/settings/security");
  expect(enrol.status).toBe(200);
  expect(enrol.headers.get("cache-control")).toBe("private, no-store");
  const security = (fields: Record<string, string>) =>
    post("/dashboard/settings/security", { ...ownPage, cookie }, { csrf, ...fields });
  for (const intent of ["password", "end-all", "end-others", "mfa-disable", "mfa-codes"]) {
    expect(
      (await security({ intent, password: "four-plain-green-kettles", new_password: "x".repeat(20) })).status,
    ).toBe(403);
  }
  expect((await security({ intent: "mfa-begin", password: "wrong-wrong-wrong" })).status).toBe(403);
  const begun = await security({ intent: "mfa-begin", password: "four-plain-green-kettles" });
  expect(begun.status).toBe(200);
  expect(await begun.text()).toContain("data:image/svg+xml;base64,");
});
