/** What the button is for. */
export interface Product {
  id: string | null;
  top: string | null;
  bottom: string | null;
  mode: "top" | "full";
}

/** By the element's own attributes; `isWhole` tells that the page need not be asked. */
function ownProduct(element: Element) {
  const attribute = (name: string) => element.getAttribute(name) || null;
  const address = (name: string) => {
    const written = attribute(name);
    return written && (URL.parse(written, document.baseURI)?.href ?? null);
  };
  const [id, top, bottom] = [attribute("product-id"), address("product-image"), address("bottom-image")];
  const mode: Product["mode"] = attribute("mode") === "full" || (bottom && !top) ? "full" : "top";
  return { product: { id, top, bottom, mode }, isWhole: id && (mode === "top" ? top : bottom) };
}

/** Its own attributes, else what the page says of its product: that way is loaded by those pages alone that need it. */
export async function findProduct(element: Element): Promise<Product> {
  const { product, isWhole } = ownProduct(element);
  if (isWhole) return product;
  const { readPage } = await import("./read-page.ts");
  const { id, picture } = readPage(element.ownerDocument);
  const { top, bottom, mode } = product;
  return {
    id: product.id ?? id,
    top: top ?? (mode === "top" ? picture : null),
    bottom: bottom ?? (mode === "full" && !top ? picture : null),
    mode,
  };
}
