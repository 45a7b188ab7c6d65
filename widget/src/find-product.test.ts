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

test("the element's own attributes come first", () => {
  jsonLd({ "@type": "Product", sku: "other", image: "https://shop.example/other.jpg" });
  const found = findProduct(element({ "product-id": "tee", "product-image": "https://shop.example/tee.jpg" }));
  expect(found).toEqual({ id: "tee", top: "https://shop.example/tee.jpg", bottom: null, mode: "top" });
});

test("without attributes the page's JSON-LD tells, in a graph too", () => {
  jsonLd("{ broken");
  jsonLd({
    "@graph": [
      { "@type": "Organization" },
      { "@type": ["Product"], sku: 7, image: [{ url: "https://shop.example/a.jpg" }] },
    ],
  });
  expect(findProduct(element())).toEqual({ id: "7", top: "https://shop.example/a.jpg", bottom: null, mode: "top" });
});

test("without JSON-LD the Open Graph picture is taken", () => {
  const meta = document.createElement("meta");
  meta.setAttribute("property", "og:image");
  meta.content = "https://shop.example/og.jpg";
  document.head.append(meta);
  expect(findProduct(element()).top).toBe("https://shop.example/og.jpg");
});

test("a bottom alone means mode full, and the page's picture is not taken for a top", () => {
  jsonLd({ "@type": "Product", image: "https://shop.example/chinos.jpg" });
  const found = findProduct(element({ "bottom-image": "https://shop.example/chinos-front.jpg" }));
  expect(found).toMatchObject({ top: null, bottom: "https://shop.example/chinos-front.jpg", mode: "full" });
});
