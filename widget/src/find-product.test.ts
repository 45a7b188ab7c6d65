import { beforeEach, expect, test } from "vitest";
import { findProduct } from "./find-product.ts";

beforeEach(() => {
  document.head.replaceChildren();
  document.body.replaceChildren();
});

function element(attributes: Record<string, string> = {}) {
  const made = document.createElement("div");
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  document.body.append(made);
  return made;
}

function jsonLd(data: unknown) {
  const script = document.createElement("script");
  script.type = "application/ld+json";
  script.textContent = typeof data === "string" ? data : JSON.stringify(data);
  document.head.append(script);
}

test("the element's own attributes come first", async () => {
  jsonLd({ "@type": "Product", sku: "other", image: "https://shop.example/other.jpg" });
  const found = await findProduct(element({ "product-id": "tee", "product-image": "https://shop.example/tee.jpg" }));
  expect(found).toEqual({ id: "tee", top: "https://shop.example/tee.jpg", bottom: null, mode: "top" });
});

const meta = (property: string, content: string) => {
  const made = document.createElement("meta");
  made.setAttribute("property", property);
  made.content = content;
  document.head.append(made);
};

test("an attribute that is missing is taken from the page, the others stay", async () => {
  jsonLd({ "@type": "Product", sku: "page-sku", image: "/page.jpg" });
  expect(await findProduct(element({ "product-id": "tee" }))).toMatchObject({
    id: "tee",
    top: `${location.origin}/page.jpg`,
  });
});

test("without attributes the page's JSON-LD tells, in a graph too", async () => {
  jsonLd("{ broken");
  jsonLd({
    "@graph": [
      { "@type": "Organization" },
      { "@type": ["Product"], sku: 7, image: [{ url: "https://shop.example/a.jpg" }] },
    ],
  });
  const found = { id: "7", top: "https://shop.example/a.jpg", bottom: null, mode: "top" };
  expect(await findProduct(element())).toEqual(found);
});

test.each([
  [
    "what the page is about",
    { "@type": "ItemPage", mainEntity: { "@type": "Product", sku: "m", image: "https://s.example/m.jpg" } },
  ],
  [
    "a list",
    [{ "@type": "BreadcrumbList" }, { "@type": "Product", sku: "m", image: { contentUrl: "https://s.example/m.jpg" } }],
  ],
  [
    "a group whose variants have the pictures",
    {
      "@type": "ProductGroup",
      productGroupID: "g",
      hasVariant: [{ "@type": "Product", sku: "m", image: "https://s.example/m.jpg" }],
    },
  ],
])("JSON-LD is found as %s", async (_, data) => {
  jsonLd(data);
  expect(await findProduct(element())).toMatchObject({ id: "m", top: "https://s.example/m.jpg" });
});

test("without JSON-LD the Open Graph picture and Shopify's product id are taken", async () => {
  meta("og:image", "//cdn.shop.example/og.jpg");
  Object.assign(window, { ShopifyAnalytics: { meta: { product: { id: 8_123 } } } });
  try {
    const found = await findProduct(element());
    expect(found).toMatchObject({ id: "8123", top: `${location.protocol}//cdn.shop.example/og.jpg` });
  } finally {
    Reflect.deleteProperty(window, "ShopifyAnalytics");
  }
});

test("a bottom alone means mode full, and the page's picture is not taken for a top", async () => {
  jsonLd({ "@type": "Product", image: "https://shop.example/chinos.jpg" });
  const found = await findProduct(element({ "bottom-image": "https://shop.example/chinos-front.jpg" }));
  expect(found).toMatchObject({ top: null, bottom: "https://shop.example/chinos-front.jpg", mode: "full" });
});

test("a page of trousers that names no picture has the page's as its bottom", async () => {
  jsonLd({ "@type": "Product", sku: "c", image: "https://shop.example/chinos.jpg" });
  expect(await findProduct(element({ mode: "full" }))).toMatchObject({
    top: null,
    bottom: "https://shop.example/chinos.jpg",
  });
});
