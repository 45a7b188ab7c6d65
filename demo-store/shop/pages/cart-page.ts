import { html } from "hono/html";
import type { Markup } from "./layout.ts";
import { layout } from "./layout.ts";

/** The cart. Its lines live in this browser and are filled in by the shop's script. */
export function cartPage(): Markup {
  return layout({
    title: "Your cart · Trail & Room Supply",
    description: "What you have put aside.",
    current: "cart",
    body: html`<section class="cart" data-cart>
<h1>Your cart</h1>
<p class="empty" data-cart-empty>Nothing in here yet. <a href="/#tops">Have a look round</a>.</p>
<ul class="lines" data-cart-lines></ul>
<div class="total" data-cart-total hidden>
<p><span>Subtotal</span> <strong class="price" data-cart-sum></strong></p>
<p class="note">Delivery is free. This is a demonstration shop, so the road ends here: nothing is sold.</p>
<button class="button quiet" type="button" data-cart-clear>Empty the cart</button>
</div>
</section>`,
  });
}
