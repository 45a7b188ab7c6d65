import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TryOnsForTest } from "../../testing/make-try-ons.ts";
import { makeTryOns } from "../../testing/make-try-ons.ts";
import { createApiKey } from "../api-keys/create-api-key.ts";
import type { Caller } from "../caller.ts";
import { AppError } from "../errors.ts";
import type { FetchedPage } from "../ports.ts";
import { checkPage } from "./check-page.ts";
import { judgePolicies } from "./judge-policies.ts";
import { scanTags } from "./scan-tags.ts";

const platform = "https://platform.example";
const shop = "https://shop.example";
const script = `<script type="module" src="${platform}/v1/trailroom.js"></script>`;
let kit: TryOnsForTest;
let merchant: Caller;
let key: string;

beforeAll(async () => {
  kit = await makeTryOns();
  merchant = { ...(await kit.seedCaller()), kind: "session", apiKey: null };
  key = (await keyOf(merchant)).secret;
});
afterAll(() => kit.remove());

const keyOf = ({ user }: Caller, over: object = {}) =>
  createApiKey(kit.store, {
    userId: user.id,
    kind: "publishable",
    mode: "live",
    name: "Shop",
    allowedOrigins: [shop],
    now: kit.clock.now(),
    ...over,
  });
const element = (attributes: string) => `<trailroom-tryon ${attributes}><button>Try it on</button></trailroom-tryon>`;
const whole = () => element(`publishable-key="${key}" product-id="tee" product-image="/tee.jpg" mode="top"`);

async function check(html: string, over: Partial<FetchedPage> | null = {}) {
  const page = { url: `${shop}/products/tee`, status: 200, isHtml: true, policies: [], html, ...over };
  const findings = await checkPage(
    {
      store: kit.store,
      clock: kit.clock,
      publicUrl: platform,
      pages: { fetch: async () => (over === null ? null : page) },
      checkPicture: async (_, input) => {
        const [image] = "top" in input ? [input.top] : "bottom" in input ? [input.bottom] : [input.person];
        if ("url" in image && image.url.endsWith("gone.jpg")) throw new AppError("image_url_unreachable");
        const problem = { code: "garment_not_found" as const, message: "No garment.", hint: "Another one." };
        const isBad = "url" in image && image.url.endsWith("bad.jpg");
        return { ok: !isBad, problems: isBad ? [problem] : [] };
      },
    },
    merchant,
    `${shop}/products/tee`,
  );
  return findings;
}
const wrong = async (...given: Parameters<typeof check>) =>
  (await check(...given)).filter(({ level }) => level !== "good").map(({ name }) => name);

describe("check my page", () => {
  test("a page that has everything is told so, point by point", async () => {
    expect(await check(`<html><head>${script}</head><body>${whole()}</body></html>`)).toMatchObject([
      { name: "page", level: "good" },
      { name: "script", level: "good" },
      { name: "element", level: "good" },
      { name: "key", level: "good", value: "Shop" },
      { name: "origin", level: "good", value: shop },
      { name: "picture", level: "good", value: `${shop}/tee.jpg` },
      { name: "policy_none", level: "good" },
    ]);
  });

  test("what cannot be read is one finding: away, refused, another status, no HTML", async () => {
    expect(await wrong("", null)).toEqual(["page_unreachable"]);
    expect(await wrong(script, { status: 404 })).toEqual(["page_status"]);
    expect(await wrong(script, { isHtml: false })).toEqual(["page_not_html"]);
  });

  test("script and element are looked for in the page itself, not in comments, scripts or texts", async () => {
    const hidden = `<!-- ${script}${whole()} --><script>const a = '${whole()}';</script><textarea>${whole()}</textarea>`;
    expect(await wrong(hidden)).toEqual(["script_missing", "element_missing"]);
    expect(await wrong(`${script.replace(' type="module"', "")}${whole()}`)).toEqual(["script_not_module"]);
    expect(await wrong(`${script.replace(platform, "https://old.example")}${whole()}`)).toEqual(["script_elsewhere"]);
    const odd = `<SCRIPT TYPE=module\n SRC='${platform}/0.1.0/trailroom.js'></SCRIPT>${whole().replace(/"/g, "'")}`;
    expect(await wrong(odd)).toEqual([]);
  });

  test("the key must be there, publishable, theirs, alive and of the page's origin", async () => {
    const ended = await keyOf(merchant);
    await kit.store.apiKeys.update(merchant.user.id, ended.apiKey.id, { is_active: false }, kit.clock.now());
    const foreign = (await keyOf(await kit.seedCaller())).secret;
    const elsewhere = (await keyOf(merchant, { allowedOrigins: ["https://other.example"] })).secret;
    const inTest = (await keyOf(merchant, { mode: "test" })).secret;
    const withKey = (value: string) => wrong(script + whole().replace(key, value));
    expect(await withKey("")).toEqual(["key_missing"]);
    expect(await withKey(`sk_live_${"a".repeat(32)}`)).toEqual(["key_secret"]);
    expect(await withKey("pk_live_…")).toEqual(["key_unknown"]);
    expect(await withKey(`pk_live_${"a".repeat(32)}`)).toEqual(["key_unknown"]);
    expect(await withKey(foreign)).toEqual(["key_unknown"]);
    expect(await withKey(ended.secret)).toEqual(["key_ended"]);
    expect(await withKey(elsewhere)).toEqual(["origin_not_allowed", "picture_host"]);
    expect(await withKey(inTest)).toEqual(["key_test"]);
    const vouched = (await keyOf(merchant, { sessionSecret: "sealed" })).secret;
    expect(await withKey(vouched)).toEqual(["session_url_missing"]);
    expect(await withKey(`${vouched}" session-url="/session`)).toEqual([]);
  });

  test("the picture comes from the element or the page, must be of the key's hosts, there, and what the engine takes", async () => {
    const own = (attributes: string) => `${script}${element(`publishable-key="${key}" ${attributes}`)}`;
    expect(await wrong(own('product-id="a"'))).toEqual(["picture_missing"]);
    expect(await wrong(own('product-id="a" product-image="https://cdn.example/a.jpg"'))).toEqual(["picture_host"]);
    expect(await wrong(own('product-id="a" product-image="/gone.jpg"'))).toEqual(["picture_unreachable"]);
    const bad = await check(own('product-id="a" product-image="/bad.jpg"'));
    expect(bad).toContainEqual(
      expect.objectContaining({ name: "picture_problem", reason: expect.objectContaining({ hint: "Another one." }) }),
    );
    expect(await wrong(own('bottom-image="/a.jpg"'))).toEqual(["product_id_missing"]);
    const linked = { "@graph": [{ "@type": ["Product"], sku: "a", image: [{ url: "/a.jpg" }] }] };
    expect(await wrong(`<script type="application/ld+json">${JSON.stringify(linked)}</script>${own("")}`)).toEqual([]);
    expect(await wrong(`<meta property="og:image" content="/a.jpg">${own('product-id="a"')}`)).toEqual([]);
  });

  test("a policy that would block us is told with the whole directive to put in", async () => {
    const policies = ["default-src 'self'; script-src 'self' 'unsafe-inline'; img-src 'none'"];
    const found = await check(script + whole(), { policies });
    expect(found.filter(({ name }) => name === "policy_blocks").map(({ value }) => value)).toEqual([
      `script-src 'self' 'unsafe-inline' ${platform}`,
      `connect-src 'self' ${platform}`,
      "img-src blob:",
    ]);
    const meta = `<meta http-equiv="Content-Security-Policy" content="connect-src 'none'">`;
    expect((await check(meta + script + whole())).at(-1)?.value).toBe(`connect-src ${platform}`);
    const right = [`script-src 'self' ${platform}; connect-src 'self' ${platform}; img-src 'self' blob:`];
    expect((await check(script + whole(), { policies: right })).at(-1)).toMatchObject({
      name: "policy",
      level: "good",
    });
  });
});

test("sources are matched as browsers do", () => {
  const address = new URL(`${platform}/v1/trailroom.js`);
  const page = new URL(shop);
  const nonced = { name: "script", attributes: { nonce: "abc" }, text: "" };
  const mend = (policy: string, tag = nonced) => judgePolicies([policy], address, page, tag).map(({ value }) => value);
  expect(mend(`script-src *`)).toEqual([]);
  expect(mend(`script-src https:`)).toEqual([]);
  expect(mend(`script-src https://*.example`)).toEqual([]);
  expect(mend(`script-src platform.example`)).toEqual([]);
  expect(mend(`script-src http://platform.example`)).toEqual([]);
  expect(mend(`script-src https://platform.example/v1/`)).toEqual([]);
  expect(mend(`script-src https://platform.example:444`)).toHaveLength(1);
  expect(mend(`script-src https://platform.example/other/`)).toHaveLength(1);
  expect(mend(`script-src https://evil-platform.example`)).toHaveLength(1);
  // chunks carry no nonce: the nonce alone is not enough, with strict-dynamic it is
  expect(mend(`script-src 'nonce-abc'`)).toEqual([`script-src 'nonce-abc' ${platform}`]);
  expect(mend(`script-src 'nonce-abc' 'strict-dynamic'`)).toEqual([]);
  expect(mend(`script-src 'nonce-other' 'strict-dynamic' https:`)).toHaveLength(1);
  expect(mend(`img-src *`)).toEqual(["img-src * blob:"]);
  expect(mend(`default-src 'none', default-src *`)).toHaveLength(3);
  expect(mend(`style-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'`)).toEqual([]);
});

test("a hostile page of two megabytes is read in well under a second", () => {
  const parts = ["<a ", '<a x="', "<!-- -->", "<script>", "<a x='", "<b =", " ".repeat(50), "<a/"];
  for (const part of parts) {
    const html = part.repeat(Math.ceil(2_000_000 / part.length));
    const started = performance.now();
    scanTags(html);
    expect(performance.now() - started, part).toBeLessThan(1_500);
  }
});
