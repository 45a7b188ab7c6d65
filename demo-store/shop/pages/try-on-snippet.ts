import { html } from "hono/html";
import { picturePath } from "../catalogue.ts";
import type { Markup } from "./layout.ts";
import type { ProductPage } from "./product-page.ts";

/** The documented snippet, as a merchant pastes it. A page of trousers names the bottom's picture only. */
export function tryOnSnippet(page: Omit<ProductPage, "hostile">): Markup {
  const { product, colour, shopOrigin, platformUrl, publishableKey } = page;
  const picture = shopOrigin + picturePath(product, colour);
  const garment =
    product.kind === "top" ? html`product-image="${picture}" mode="top"` : html`bottom-image="${picture}" mode="full"`;
  return html`<script type="module" src="${platformUrl}/v1/trailroom.js"></script>
<trailroom-tryon publishable-key="${publishableKey}" product-id="${product.slug}-${colour.id}" ${garment}><button>Try it on</button></trailroom-tryon>`;
}
