import { html } from "hono/html";

/** Markup that is already escaped. */
export type Markup = ReturnType<typeof html>;

interface Page {
  title: string;
  description: string;
  /** Elements for the head: Open Graph, JSON-LD, further style sheets. */
  head?: Markup;
  body: Markup;
  current?: "home" | "cart" | "setup";
}

const mark = html`<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><circle cx="16" cy="16" r="15" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 22l6.5-9 4 5.2 3.2-4.4L27 22" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="round"/><circle cx="21.5" cy="9.5" r="2.4" fill="currentColor"/></svg>`;

/** A whole page of the shop in its frame. */
export function layout({ title, description, head, body, current }: Page): Markup {
  const here = (name: Page["current"]) => (name === current ? html` aria-current="page"` : "");
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${["base", "shelves", "product", "cart-and-setup"].map((name) => html`<link rel="stylesheet" href="/${name}.css">`)}
<script type="module" src="/shop.js"></script>
${head ?? ""}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="brand" href="/"${here("home")}>${mark}<span>Trail &amp; Room <em>Supply</em></span></a>
<nav aria-label="Shop">
<a href="/#tops">Tops</a>
<a href="/#bottoms">Bottoms</a>
<a class="cart-link" href="/cart"${here("cart")}>Cart <span class="count" data-cart-count>0</span></a>
</nav>
</header>
<main id="main">
${body}
</main>
<footer>
<p class="foot-brand">Trail &amp; Room <em>Supply</em></p>
<p>A demonstration shop: nothing here is sold, and every product picture is drawn by a script.</p>
<p><a href="/setup"${here("setup")}>Set up this shop</a></p>
</footer>
</body>
</html>`;
}
