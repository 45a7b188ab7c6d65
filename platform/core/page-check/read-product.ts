import type { Tag } from "./scan-tags.ts";

type Node = Record<string, unknown>;
const mostNodes = 2_000;

/** All objects of a page's JSON-LD, some way down; broken data is the shop's affair. */
function nodesOf(tags: Tag[]): Node[] {
  const open: unknown[] = tags.flatMap(({ name, attributes, text }) => {
    if (name !== "script" || attributes.type?.toLowerCase() !== "application/ld+json") return [];
    try {
      return [JSON.parse(text)];
    } catch {
      return [];
    }
  });
  const nodes: Node[] = [];
  for (let one = open.pop(); one !== undefined && nodes.length < mostNodes; one = open.pop()) {
    if (typeof one !== "object" || one === null) continue;
    if (!Array.isArray(one)) nodes.push(one as Node);
    open.push(...Object.values(one).filter((value) => typeof value === "object"));
  }
  return nodes;
}

function firstText(value: unknown): string | null {
  const [first] = [value].flat();
  if (typeof first === "string") return first;
  const { url, contentUrl } = (first ?? {}) as Node;
  return typeof url === "string" ? url : typeof contentUrl === "string" ? contentUrl : null;
}

/** What the page itself says of its product, for an element that names none: as the widget reads it. */
export function readProduct(tags: Tag[]): { id: string | null; picture: string | null } {
  const product = nodesOf(tags).find(({ "@type": type, image }) =>
    [type].flat().some((one) => (one === "Product" || one === "ProductGroup") && image),
  );
  const meta = (name: string) =>
    tags.find(({ name: tag, attributes }) => tag === "meta" && [attributes.property, attributes.name].includes(name))
      ?.attributes.content ?? null;
  const id = product?.sku ?? product?.productID ?? product?.productGroupID;
  return {
    id: id === undefined ? meta("product:retailer_item_id") : String(id),
    picture: firstText(product?.image) ?? meta("og:image:secure_url") ?? meta("og:image"),
  };
}
