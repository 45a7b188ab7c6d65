import { html, raw } from "hono/html";
import type { Colour, Product } from "../catalogue.ts";
import { catalogue, picturePath } from "../catalogue.ts";
import { formatPrice } from "../format-price.ts";
import type { Markup } from "./layout.ts";
import { layout } from "./layout.ts";
import { tryOnSnippet } from "./try-on-snippet.ts";

/** What a product page needs to know about where it stands. */
export interface ProductPage {
  product: Product;
  colour: Colour;
  shopOrigin: string;
  platformUrl: string;
  publishableKey: string;
  /** Adds a style sheet that fights every element on the page. */
  hostile?: boolean;
}

/** Product data for search engines. `<` is written as an escape so that no text can end the element. */
function jsonLd({ product, colour, shopOrigin }: ProductPage): Markup {
  const data = {
    "@context": "https://schema.org",
    "@type": "Product",
    name: product.title,
    description: product.story,
    sku: `${product.slug}-${colour.id}`,
    color: colour.name,
    image: [shopOrigin + picturePath(product, colour)],
    brand: { "@type": "Brand", name: "Trail & Room Supply" },
    offers: {
      "@type": "Offer",
      price: (product.pricePaise / 100).toFixed(2),
      priceCurrency: "INR",
      availability: "https://schema.org/InStock",
      url: `${shopOrigin}/products/${product.slug}?colour=${colour.id}`,
    },
  };
  return html`<script type="application/ld+json">${raw(JSON.stringify(data).replaceAll("<", "\\u003c"))}</script>`;
}

const openGraph = ({ product, colour, shopOrigin }: ProductPage) => html`<meta property="og:type" content="product">
<meta property="og:title" content="${product.title}">
<meta property="og:description" content="${product.line}">
<meta property="og:url" content="${shopOrigin}/products/${product.slug}">
<meta property="og:image" content="${shopOrigin}${picturePath(product, colour)}">
<meta property="product:price:amount" content="${(product.pricePaise / 100).toFixed(2)}">
<meta property="product:price:currency" content="INR">
<link rel="canonical" href="${shopOrigin}/products/${product.slug}">`;

/** A round swatch: the style sheet may not carry inline colours, so the colour is drawn as SVG. */
const swatch = (colour: string) =>
  html`<svg class="swatch" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true"><circle cx="12" cy="12" r="11" fill="${colour}"/></svg>`;

function colourChoice({ product, colour, shopOrigin }: ProductPage) {
  return html`<fieldset class="choice">
<legend>Colour <span class="chosen" data-chosen-colour>${colour.name}</span></legend>
<div class="swatches">${product.colours.map(
    (each) =>
      html`<label title="${each.name}"><input type="radio" name="colour" value="${each.id}" data-name="${each.name}" data-picture="${shopOrigin}${picturePath(product, each)}"${each === colour ? html` checked` : ""}>${swatch(each.swatch)}<span class="visually-hidden">${each.name}</span></label>`,
  )}</div>
</fieldset>`;
}

const sizeChoice = ({ product }: ProductPage) => html`<fieldset class="choice">
<legend>Size</legend>
<div class="sizes">${product.sizes.map(
  (size, index) =>
    html`<label><input type="radio" name="size" value="${size}"${index === 2 ? html` checked` : ""}><span>${size}</span></label>`,
)}</div>
</fieldset>`;

function alsoLike({ product }: ProductPage) {
  const others = catalogue.filter(({ slug, kind }) => slug !== product.slug && kind !== product.kind).slice(0, 4);
  return html`<section class="shelf" aria-labelledby="also-title">
<div class="shelf-head"><h2 id="also-title">Goes with it</h2></div>
<ul class="grid">${others.map(
    (each) =>
      html`<li class="card"><a href="/products/${each.slug}"><span class="tile"><img src="${picturePath(each, each.colours[0])}" alt="" width="1000" height="1200" loading="lazy"></span><span class="card-line"><span class="card-title">${each.title}</span><span class="price">${formatPrice(each.pricePaise)}</span></span></a></li>`,
  )}</ul>
</section>`;
}

/** One product with its variants, the try-on element and the way into the cart. */
export function productPage(page: ProductPage): Markup {
  const { product, colour } = page;
  return layout({
    title: `${product.title} · Trail & Room Supply`,
    description: product.line,
    head: html`${openGraph(page)}
${jsonLd(page)}
${page.hostile ? html`<meta name="robots" content="noindex"><link rel="stylesheet" href="/hostile.css">` : ""}`,
    body: html`<article class="product" data-slug="${product.slug}">
<div class="stage"><img data-product-picture src="${picturePath(product, colour)}" alt="${product.title} in ${colour.name}" width="1000" height="1200"></div>
<div class="buy">
<nav class="crumbs" aria-label="Where you are"><a href="/">Shop</a> <span aria-hidden="true">/</span> <a href="/#${product.kind}s">${product.kind === "top" ? "Tops" : "Bottoms"}</a></nav>
<h1>${product.title}</h1>
<p class="product-price price">${formatPrice(product.pricePaise)} <small>incl. of all taxes</small></p>
<p class="lede">${product.line}</p>
<form class="choices" data-choices>
${colourChoice(page)}
${sizeChoice(page)}
</form>
<div class="actions">
<button class="button" type="button" data-add-to-cart>Add to cart</button>
${tryOnSnippet(page)}
</div>
<p class="status" role="status" data-status></p>
<p class="story">${product.story}</p>
<ul class="facts">${product.facts.map((fact) => html`<li>${fact}</li>`)}</ul>
</div>
</article>
${alsoLike(page)}`,
  });
}
