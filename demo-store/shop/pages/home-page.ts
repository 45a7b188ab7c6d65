import { html } from "hono/html";
import type { Product } from "../catalogue.ts";
import { catalogue, picturePath } from "../catalogue.ts";
import { formatPrice } from "../format-price.ts";
import type { Markup } from "./layout.ts";
import { layout } from "./layout.ts";

/** A product on a shelf. The first row is on screen at once, the rest loads when it comes near. */
const card = (product: Product, index: number) => {
  const [first, second] = product.colours;
  return html`<li class="card">
<a href="/products/${product.slug}">
<span class="tile">
<img src="${picturePath(product, first)}" alt="" width="1000" height="1200"${index < 4 ? "" : html` loading="lazy"`}>
${second ? html`<img class="second" src="${picturePath(product, second)}" alt="" width="1000" height="1200" loading="lazy">` : ""}
</span>
<span class="card-line"><span class="card-title">${product.title}</span><span class="price">${formatPrice(product.pricePaise)}</span></span>
<span class="card-note">${product.colours.map(({ name }) => name).join(" · ")}</span>
</a>
</li>`;
};

const shelf = (
  id: string,
  title: string,
  products: readonly Product[],
) => html`<section class="shelf" id="${id}" aria-labelledby="${id}-title">
<div class="shelf-head"><h2 id="${id}-title">${title}</h2><p>${String(products.length)} pieces</p></div>
<ul class="grid">${products.map(card)}</ul>
</section>`;

/** The shop window: one statement, then everything on two shelves. */
export function homePage(): Markup {
  const tops = catalogue.filter(({ kind }) => kind === "top");
  const bottoms = catalogue.filter(({ kind }) => kind === "bottom");
  return layout({
    title: "Trail & Room Supply: clothes to try on before you buy",
    description: "Ten plain, well-made garments. See each on yourself before you buy.",
    current: "home",
    body: html`<section class="hero">
<div class="hero-words">
<p class="eyebrow">The autumn edit</p>
<h1>Plain clothes,<br>seen on you.</h1>
<p class="lede">Ten garments, made to be worn hard. Open any of them, tap <strong>Try it on</strong>, and look at yourself in it first.</p>
<p><a class="button" href="#tops">See the collection</a></p>
</div>
<div class="hero-rail" aria-hidden="true">
<img src="/products/tank-coral.jpg" alt="" width="1000" height="1200">
<img src="/products/ridge-tee-mustard.jpg" alt="" width="1000" height="1200">
<img src="/products/chinos-sand.jpg" alt="" width="1000" height="1200">
</div>
</section>
${shelf("tops", "Tops", tops)}
${shelf("bottoms", "Bottoms", bottoms)}`,
  });
}
