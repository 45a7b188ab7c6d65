/** What the button is for: its own attributes, else what the page says of its product. */
export interface Product {
  id: string | null;
  top: string | null;
  bottom: string | null;
  mode: "top" | "full";
}

interface LinkedProduct {
  image?: unknown;
  sku?: unknown;
  productID?: unknown;
}

const isProduct = (node: unknown): node is LinkedProduct =>
  typeof node === "object" && node !== null && [(node as { "@type"?: unknown })["@type"]].flat().includes("Product");

/** The page's JSON-LD product; broken data is the shop's affair, not ours. */
function fromJsonLd(page: Document): LinkedProduct | null {
  for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      const data: unknown = JSON.parse(script.textContent ?? "");
      const nodes = [data, (data as { "@graph"?: unknown })?.["@graph"]].flat();
      const product = nodes.find(isProduct);
      if (product) return product;
    } catch {}
  }
  return null;
}

const firstText = (value: unknown): string | null => {
  const [first] = [value].flat();
  if (typeof first === "string" || typeof first === "number") return String(first);
  return first && typeof first === "object" && "url" in first ? firstText(first.url) : null;
};

const absolute = (address: string | null, page: Document) =>
  address ? (URL.parse(address, page.baseURI)?.href ?? null) : null;

export function findProduct(element: Element): Product {
  const page = element.ownerDocument;
  const attribute = (name: string) => element.getAttribute(name) || null;
  const linked = fromJsonLd(page);
  const meta = (property: string) =>
    page.querySelector(`meta[property="${property}"]`)?.getAttribute("content") || null;
  const shopify = (page.defaultView as { ShopifyAnalytics?: { meta?: { product?: { id?: number } } } } | null)
    ?.ShopifyAnalytics;
  const bottom = attribute("bottom-image");
  const mode = attribute("mode") === "full" || (bottom && !attribute("product-image")) ? "full" : "top";
  const found = firstText(linked?.image) ?? meta("og:image");
  return {
    id:
      attribute("product-id") ??
      firstText(linked?.sku) ??
      firstText(linked?.productID) ??
      firstText(shopify?.meta?.product?.id),
    top: absolute(attribute("product-image") ?? (mode === "top" ? found : null), page),
    bottom: absolute(bottom ?? (mode === "full" && !attribute("product-image") ? found : null), page),
    mode,
  };
}
