import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RunningShop } from "../server.ts";
import { startShop } from "../server.ts";
import { catalogue, picturePath } from "./catalogue.ts";

const platformUrl = "http://127.0.0.1:8001";
const publishableKey = "pk_test_0123456789abcdefghijABCDEFGHIJ01";
const policy =
  "default-src 'none'; style-src 'self'; img-src 'self' blob:; font-src 'self'; " +
  `script-src 'self' ${platformUrl}; connect-src 'self' ${platformUrl}; ` +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

let shop: RunningShop;
beforeAll(async () => {
  shop = await startShop({ port: 0, host: "127.0.0.1", platformUrl, publishableKey, muted: true });
});
afterAll(() => shop.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(shop.url + path, { headers });
const text = async (path: string) => (await get(path)).text();
const colourPages = catalogue.flatMap((product) => product.colours.map((colour) => ({ product, colour })));

describe("pages", () => {
  const pages = [
    "/",
    "/cart",
    "/setup",
    "/products/striped-tee/hostile",
    ...catalogue.map(({ slug }) => `/products/${slug}`),
  ];

  test.each(pages)("%s answers with the policy that the widget's documentation asks of a merchant", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-security-policy")).toBe(policy);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
  });

  test.each(pages)("%s carries no inline style, no inline script and nothing from a third party", async (path) => {
    const page = await text(path);
    expect(page).not.toMatch(/<style|\sstyle=|\son[a-z]+=/);
    expect(page).not.toMatch(/<script(?![^>]*(?:\ssrc=|type="application\/ld\+json"))/);
    const loaded = [...page.matchAll(/<(?:script|img|link)\b[^>]*?\s(?:src|href)="(https?:[^"]+)"/g)].map(
      ([, url]) => url!,
    );
    const own = loaded.filter((url) => [shop.url, platformUrl].includes(new URL(url).origin));
    expect(own).toEqual(loaded);
  });

  test.each(["/products/no-such-thing", "/nowhere", "/products/plain-tee/else", "/products/../server.ts"])(
    "%s is not found",
    async (path) => {
      const answer = await get(path);
      expect(answer.status).toBe(404);
      expect(answer.headers.get("content-security-policy")).toBe(policy);
    },
  );
});

describe("product pages", () => {
  test("the shop sells every kind of garment that the demo promises, each in at least two colours", () => {
    expect(catalogue.map(({ slug }) => slug).sort()).toEqual([
      "chinos",
      "long-sleeve",
      "plain-tee",
      "polo",
      "ridge-tee",
      "shorts",
      "skirt",
      "striped-tee",
      "sweatshirt",
      "tank",
    ]);
    for (const { colours } of catalogue) expect(colours.length).toBeGreaterThanOrEqual(2);
  });

  test.each(colourPages)(
    "$product.slug in $colour.id has a picture, JSON-LD and Open Graph that agree",
    async ({ product, colour }) => {
      const page = await text(`/products/${product.slug}?colour=${colour.id}`);
      const picture = shop.url + picturePath(product, colour);
      const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)?.[1] ?? "null");
      expect(data).toMatchObject({ "@type": "Product", sku: `${product.slug}-${colour.id}`, image: [picture] });
      expect(data.offers).toMatchObject({ priceCurrency: "INR", price: (product.pricePaise / 100).toFixed(2) });
      expect(page).toContain(`<meta property="og:image" content="${picture}">`);
      const answer = await fetch(picture);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(answer.headers.get("content-type")).toBe("image/jpeg");
      expect(bytes.length).toBeLessThanOrEqual(150_000);
      expect(await sharp(bytes).metadata()).toMatchObject({ format: "jpeg", width: 1000, height: 1200 });
    },
  );

  test("a top carries the documented snippet", async () => {
    expect(await text("/products/plain-tee")).toContain(
      `<script type="module" src="${platformUrl}/v1/trailroom.js"></script>\n` +
        `<trailroom-tryon publishable-key="${publishableKey}" product-id="plain-tee-moss" ` +
        `product-image="${shop.url}/products/plain-tee-moss.jpg" mode="top"><button>Try it on</button></trailroom-tryon>`,
    );
  });

  test("a bottom names its picture as bottom-image only, in mode full", async () => {
    const snippet = /<trailroom-tryon.*<\/trailroom-tryon>/.exec(await text("/products/chinos?colour=navy"))?.[0];
    expect(snippet).toContain(`bottom-image="${shop.url}/products/chinos-navy.jpg" mode="full"`);
    expect(snippet).not.toContain("product-image");
  });

  test("an unknown colour shows the first one", async () => {
    expect(await text("/products/polo?colour=mauve")).toContain('product-id="polo-navy"');
  });

  test("prices are whole rupees in Indian digits", async () => {
    expect(await text("/products/sweatshirt")).toContain("₹2,799");
    for (const { pricePaise } of catalogue) expect(pricePaise % 100).toBe(0);
  });

  test("the hostile page differs by its style sheet alone", async () => {
    const sheet = '<meta name="robots" content="noindex"><link rel="stylesheet" href="/hostile.css">';
    const hostile = await text("/products/striped-tee/hostile");
    expect(hostile).toContain(sheet);
    expect(hostile.replace(sheet, "")).toBe(await text("/products/striped-tee"));
  });
});

describe("files", () => {
  test("a picture is cached, and not sent again while it is the same", async () => {
    const first = await get("/products/polo-navy.jpg");
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("public, max-age=86400");
    expect(etag).toMatch(/^"[\w-]{22}"$/);
    const second = await get("/products/polo-navy.jpg", { "if-none-match": etag });
    expect(second.status).toBe(304);
    expect((await second.arrayBuffer()).byteLength).toBe(0);
  });

  test.each([
    ["/base.css", "text/css; charset=utf-8"],
    ["/shop.js", "text/javascript; charset=utf-8"],
  ])("%s is served as %s and asked for again each time", async (path, type) => {
    const answer = await get(path);
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("cache-control")).toContain("must-revalidate");
  });
});

test("products.json gives the cart titles, prices and pictures that exist", async () => {
  const products = await (await get("/products.json")).json();
  expect(products).toHaveLength(catalogue.length);
  expect(products[0]).toMatchObject({ slug: "plain-tee", pricePaise: 129_900 });
  expect((await get(products[0].colours[1].picture)).status).toBe(200);
});

test("a taken port is an error that the caller sees", async () => {
  const port = Number(new URL(shop.url).port);
  await expect(startShop({ port, host: "127.0.0.1", platformUrl, publishableKey, muted: true })).rejects.toThrow(
    /EADDRINUSE/,
  );
});
