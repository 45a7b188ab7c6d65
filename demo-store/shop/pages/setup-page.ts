import { html } from "hono/html";
import type { Product } from "../catalogue.ts";
import { catalogue } from "../catalogue.ts";
import { publishableKeyPattern } from "../publishable-key.ts";
import type { Markup } from "./layout.ts";
import { layout } from "./layout.ts";
import { tryOnSnippet } from "./try-on-snippet.ts";

interface SetupPage {
  shopOrigin: string;
  platformUrl: string;
  publishableKey: string;
}

/** Lets a visitor run the shop with a publishable key of their own; it stays in this browser. */
export function setupPage(setup: SetupPage): Markup {
  const product = catalogue[0] as Product;
  const button = tryOnSnippet({ ...setup, product, colour: product.colours[0] });
  const snippet = String(button);
  return layout({
    title: "Set up · Trail & Room Supply",
    description: "Run this shop with your own publishable key.",
    current: "setup",
    body: html`<section class="setup">
<h1>Set up this shop</h1>
<p class="lede">Give it another publishable key and every Try it on button in this browser uses that account. The key must allow this shop's address, <code>${setup.shopOrigin}</code>.</p>
<form data-setup data-default-key="${setup.publishableKey}">
<label for="key">Publishable key</label>
<input id="key" name="key" type="text" autocomplete="off" autocapitalize="off" spellcheck="false" required pattern="${publishableKeyPattern.source}" placeholder="pk_live_…" aria-describedby="key-help key-problem" value="${setup.publishableKey}">
<p id="key-help" class="note">It starts with <code>pk_live_</code> or <code>pk_test_</code>. Never paste a secret key (<code>sk_…</code>) into a page.</p>
<p id="key-problem" class="problem" role="alert" data-problem></p>
<div class="actions"><button class="button" type="submit">Use this key</button><button class="button quiet" type="button" data-reset>Back to the shop's own key</button></div>
<p class="status" role="status" data-status></p>
</form>
<h2>The button with this key</h2>
<div class="setup-button">${button}</div>
<h2>What the product pages carry</h2>
<pre tabindex="0"><code data-snippet>${snippet}</code></pre>
<h2>What the shop's policy allows</h2>
<p>Beyond its own needs, the shop's Content-Security-Policy allows the platform's origin in <code>script-src</code> and <code>connect-src</code>, and <code>blob:</code> in <code>img-src</code>. Trusted Types are required.</p>
<h2>A page that fights back</h2>
<p><a href="/products/striped-tee/hostile">The striped tee under a hostile style sheet</a> shows that the page's CSS does not reach the try-on dialog.</p>
</section>`,
  });
}
