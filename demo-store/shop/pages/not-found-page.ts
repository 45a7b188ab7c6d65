import { html } from "hono/html";
import type { Markup } from "./layout.ts";
import { layout } from "./layout.ts";

/** The answer to an address that the shop does not have. */
export function notFoundPage(): Markup {
  return layout({
    title: "Not on our shelves · Trail & Room Supply",
    description: "This page does not exist.",
    body: html`<section class="setup"><h1>Not on our shelves</h1><p class="lede">We looked, and there is nothing at this address.</p><p><a class="button" href="/">Back to the shop</a></p></section>`,
  });
}
