interface LinkedProduct {
  "@type"?: unknown;
  image?: unknown;
  sku?: unknown;
  productID?: unknown;
  productGroupID?: unknown;
}

type Node = Record<string, unknown> | null | undefined;

const isProduct = (node: unknown): node is LinkedProduct =>
  typeof node === "object" &&
  node !== null &&
  [(node as LinkedProduct)["@type"]].flat().some((type) => type === "Product" || type === "ProductGroup");

/** Where shops put their product: at the top, in a graph, as what the page is about, or as variants of a group. */
const places = (data: unknown): unknown[] =>
  [data].flat().flatMap((node) => {
    const { "@graph": graph, mainEntity, hasVariant } = (node ?? {}) as NonNullable<Node>;
    return [node, graph, mainEntity, hasVariant].flat();
  });

/** The page's JSON-LD product with a picture; broken data is the shop's affair, not ours. */
function fromJsonLd(page: Document): LinkedProduct | null {
  const found: LinkedProduct[] = [];
  for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
    try {
      found.push(...places(JSON.parse(script.textContent ?? "")).filter(isProduct));
    } catch {}
  }
  return found.find(({ image }) => image) ?? found[0] ?? null;
}

const firstText = (value: unknown): string | null => {
  const [first] = [value].flat();
  if (typeof first === "string" || typeof first === "number") return String(first);
  const { url, contentUrl } = (first ?? {}) as NonNullable<Node>;
  return url || contentUrl ? firstText(url ?? contentUrl) : null;
};

/** What a page says of its product: JSON-LD first, then Shopify's own object and Open Graph. */
export function readPage(page: Document): { id: string | null; picture: string | null } {
  const linked = fromJsonLd(page);
  const meta = (name: string) =>
    page.querySelector(`meta[property="${name}"],meta[name="${name}"]`)?.getAttribute("content");
  const shopify = (page.defaultView as { ShopifyAnalytics?: { meta?: { product?: { id?: number } } } } | null)
    ?.ShopifyAnalytics?.meta?.product?.id;
  const picture = firstText(linked?.image) ?? (meta("og:image:secure_url") || meta("og:image"));
  return {
    id:
      firstText(linked?.sku) ??
      firstText(linked?.productID) ??
      firstText(linked?.productGroupID) ??
      firstText(shopify) ??
      (meta("product:retailer_item_id") || null),
    picture: picture ? (URL.parse(picture, page.baseURI)?.href ?? null) : null,
  };
}
