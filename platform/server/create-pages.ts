import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ServerBuild } from "@remix-run/node";
import { createRequestHandler } from "@remix-run/node";
import type { LoadContext } from "../app/load-context.ts";
import { cookieLine, readCookie, sessionCookie } from "../core/auth/cookies.ts";
import type { PageSession } from "../core/auth/sessions/page-session.ts";
import { sitePublishableKey } from "../core/site/site-account.ts";
import type { Services } from "./build-services.ts";

const buildFolder = path.join(import.meta.dirname, "..", "build");
const pagesBuild = path.join(buildFolder, "server", "index.js");

/** Built files as text, each read once. */
function createAssetReader() {
  const texts = new Map<string, string>();
  return (href: string) => {
    const text = texts.get(href) ?? readFileSync(path.join(buildFolder, "client", href), "utf8");
    texts.set(href, text);
    return text;
  };
}

/** The session of one request: looked up when it is first asked for; a prolonged one has its cookie sent again. */
function lazySession({ auth }: Services, request: Request, cookies: string[]) {
  const cookie = readCookie(request.headers.get("cookie"), sessionCookie);
  let found: Promise<PageSession | null> | null = null;
  const find = async () => {
    const page = await auth.findPageSession(cookie);
    if (page?.renewedUntil && cookie) cookies.push(cookieLine(sessionCookie, cookie, page.renewedUntil));
    return page;
  };
  return {
    wasAsked: () => found !== null,
    pageSession: () => {
      found ??= find();
      return found;
    },
    enterSession: (started: string) => {
      found = auth.findPageSession(started);
    },
  };
}

/** What answers every request for a page. */
export async function createPages(services: Services, about: Pick<LoadContext, "version" | "shutdown" | "openApi">) {
  if (!existsSync(pagesBuild)) return () => new Response("The pages are not built: npm run build", { status: 500 });
  const build = (await import(pagesBuild)) as ServerBuild;
  const handle = createRequestHandler(build, "production");
  const readAsset = createAssetReader();
  const { config, auth, keys, accounts, credits, overview, ownTryOns, previews, checks } = services;
  return async (request: Request, ip: string) => {
    const cookies: string[] = [];
    const session = lazySession(services, request, cookies);
    const answer = await handle(request, {
      nonce: randomBytes(16).toString("base64"),
      readAsset,
      shopUrl: config.shopUrl,
      ...about,
      development: config.mode === "development",
      publicUrl: config.publicUrl,
      siteKey: sitePublishableKey,
      client: { ip, userAgent: request.headers.get("user-agent") ?? "unknown" },
      pageSession: session.pageSession,
      enterSession: session.enterSession,
      cookies,
      auth,
      keys,
      accounts,
      credits,
      overview,
      ownTryOns,
      previews,
      checks,
    } satisfies LoadContext);
    const page = new Response(answer.body, answer);
    // last, so that a cookie that an action sets or deletes wins over a mere prolongation
    for (const line of cookies) page.headers.append("Set-Cookie", line);
    // what was made for one person is kept by no cache, and gone from the "back" button after sign-out
    if (session.wasAsked() || cookies.length > 0) page.headers.set("Cache-Control", "private, no-store");
    return page;
  };
}
