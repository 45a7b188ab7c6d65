const names = ["publishable-key", "product-id", "product-image", "bottom-image", "mode", "api-base"];
const origin = new URL(import.meta.url).origin;

/**
 * What a merchant's page pays for: the element, its button, and nothing else until somebody points at it.
 *
 * @element trailroom-tryon
 * @slot - The fallback button: its text and size are taken over when this script has come.
 * @csspart button - The button.
 * @cssprop --trailroom-accent - Colour of the main buttons; default near black.
 * @cssprop --trailroom-on-accent - Text on the accent; default white.
 * @cssprop --trailroom-radius - Corner radius; default 12px.
 * @attr {string} publishable-key - The merchant's publishable key. Required.
 * @attr {string} product-id - What the product is called in events and in the dashboard.
 * @attr {string} product-image - Address of the top's picture.
 * @attr {string} bottom-image - Address of the bottom's picture.
 * @attr {"top"|"full"} mode - `full` when a bottom is tried on. Default `top`.
 * @attr {string} lang - Language; default: the page's.
 * @attr {string} api-base - Origin of the platform; default: this script's own.
 * @fires {CustomEvent} trailroom:open - The dialog has opened. Every event's detail carries productId and jobId alone.
 * @fires {CustomEvent} trailroom:photo - A photo was chosen.
 * @fires {CustomEvent} trailroom:submit - A try-on was accepted.
 * @fires {CustomEvent} trailroom:progress - It went on.
 * @fires {CustomEvent} trailroom:result - The result is shown.
 * @fires {CustomEvent} trailroom:error - It did not work.
 * @fires {CustomEvent} trailroom:add-to-cart - The shopper wants the product.
 * @fires {CustomEvent} trailroom:close - The dialog has closed.
 */
export class TrailroomTryon extends HTMLElement {
  static observedAttributes = names;
  #flow?: Promise<import("./flow.tsx").Flow>;

  constructor() {
    super();
    this.attachShadow({ mode: "open", delegatesFocus: true });
  }

  connectedCallback() {
    const root = this.shadowRoot as ShadowRoot;
    if (root.firstChild) return;
    // the fallback's own size is kept: the page does not move when this script comes late
    const { width, height } = this.getBoundingClientRect();
    const sheet = new CSSStyleSheet();
    // the host is reset with !important: a shop's rules for everything must not get in
    sheet.replaceSync(
      `:host{all:initial!important;display:inline-block!important;min-width:${width}px!important}button{box-sizing:border-box;width:100%;min-height:${height || 44}px;padding:0 1em;border:0;border-radius:var(--trailroom-radius,12px);background:var(--trailroom-accent,#1d211c);color:var(--trailroom-on-accent,#fff);font:600 16px/1.2 system-ui,sans-serif;cursor:pointer}button:focus-visible{outline:3px solid;outline-offset:2px;outline-color:var(--trailroom-accent,#1d211c)}`,
    );
    root.adoptedStyleSheets = [sheet];
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("part", "button");
    button.textContent = this.textContent?.trim() || "Try it on";
    root.append(button);
    for (const type of ["pointerenter", "focus", "touchstart"]) {
      button.addEventListener(type, () => this.#load(), { once: true, passive: true });
    }
    button.addEventListener("click", () => this.open());
  }

  /** Origin of the platform. */
  get apiBase() {
    return this.getAttribute("api-base") ?? origin;
  }

  #load() {
    this.#flow ??= import("./flow.tsx").then(({ createFlow }) => createFlow(this));
    return this.#flow;
  }

  /** Opens the dialog. */
  async open() {
    (await this.#load()).open();
  }

  /** Closes the dialog; a running job goes on. */
  async close() {
    if (this.#flow) (await this.#flow).close();
  }

  /** Forgets the photo and the job of this page. */
  async reset() {
    if (this.#flow) (await this.#flow).reset();
  }

  attributeChangedCallback() {
    void this.#flow?.then((flow) => flow.update());
  }

  disconnectedCallback() {
    void this.#flow?.then((flow) => flow.dispose());
    this.#flow = undefined;
  }
}

if (!customElements.get("trailroom-tryon")) customElements.define("trailroom-tryon", TrailroomTryon);
