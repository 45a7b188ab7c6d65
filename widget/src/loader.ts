const names = [
  "publishable-key",
  "product-id",
  "product-image",
  "bottom-image",
  "mode",
  "lang",
  "api-base",
  "session-url",
];
const origin = new URL(import.meta.url).origin;
const propertyOf = (name: string) => name.replace(/-(.)/, (_, letter: string) => letter.toUpperCase());

/** What every event of the element carries, and nothing else. */
export interface TrailroomDetail {
  productId: string | null;
  jobId: string | null;
}

/**
 * What a merchant's page pays for: the element, its button, and nothing else until somebody points at it.
 *
 * @element trailroom-tryon
 * @slot - The fallback button: its text and size are taken over when this script has come.
 * @csspart button - The button on the page.
 * @csspart dialog - The dialog.
 * @cssprop [--trailroom-accent=near black, by night near white] - Colour of the main buttons.
 * @cssprop [--trailroom-on-accent=white, by night near black] - Text on the accent.
 * @cssprop [--trailroom-radius=12px] - Corner radius of the buttons.
 * @cssprop [--trailroom-font=the system's] - Font family.
 * @attr {string} publishable-key - The merchant's publishable key. Required.
 * @attr {string} product-id - What the product is called in events and in the dashboard. Default: what the page's JSON-LD or Shopify says.
 * @attr {string} product-image - Address of the top's picture. Default: the picture of the page's JSON-LD or Open Graph.
 * @attr {string} bottom-image - Address of the bottom's picture.
 * @attr {"top"|"full"} mode - `full` when a bottom is tried on. Default `top`, or `full` when only a bottom is given.
 * @attr {string} lang - Language (en, hi, es, fr, de, ar). Default: the page's.
 * @attr {string} api-base - Origin of the platform. Default: this script's own.
 * @attr {string} session-url - For a key that requires shopper sessions: the address on your own site that gives one.
 * @fires {CustomEvent<TrailroomDetail>} trailroom:open - The dialog has opened.
 * @fires {CustomEvent<TrailroomDetail>} trailroom:photo - A photo was chosen.
 * @fires {CustomEvent<TrailroomDetail>} trailroom:submit - A try-on was accepted.
 * @fires {CustomEvent<TrailroomDetail>} trailroom:progress - It went on.
 * @fires {CustomEvent<TrailroomDetail>} trailroom:result - The result is shown.
 * @fires {CustomEvent<TrailroomDetail>} trailroom:error - It did not work.
 * @fires {CustomEvent<TrailroomDetail>} trailroom:add-to-cart - The shopper wants the product.
 * @fires {CustomEvent<TrailroomDetail>} trailroom:close - The dialog has closed.
 */
class TrailroomTryon extends HTMLElement {
  static observedAttributes = names;
  declare publishableKey: string;
  declare productId: string;
  declare productImage: string;
  declare bottomImage: string;
  declare mode: string;
  declare apiBase: string;
  declare sessionUrl: string;
  #flow?: Promise<import("./flow.ts").Flow>;
  #size = "";

  constructor() {
    super();
    // before the shadow hides it: the page must not move when this script comes late
    const fallback = this.firstElementChild;
    const { width, height } = fallback?.getBoundingClientRect() ?? {};
    if (width)
      this.#size = `:host{width:${width}px}button{min-height:${height}px;padding:0;font-size:${getComputedStyle(fallback as Element).fontSize}}`;
    this.attachShadow({ mode: "open", delegatesFocus: true });
  }

  connectedCallback() {
    const root = this.shadowRoot as ShadowRoot;
    if (root.firstChild) return;
    // set on the element before this script came
    const self = this as unknown as Record<string, unknown>;
    for (const name of names.map(propertyOf)) {
      const early = Object.hasOwn(self, name) && self[name];
      if (early && delete self[name]) self[name] = early;
    }
    const sheet = new CSSStyleSheet();
    // layout (width, margin, flex) is the page's; what would spoil the button is not
    sheet.replaceSync(
      `:host{--_:var(--trailroom-accent,light-dark(#1d211c,#e9ece6));vertical-align:top;max-width:100%;padding:0!important;transform:none!important}:host(:not([hidden])){display:inline-block}button{all:initial;display:block;box-sizing:border-box;color-scheme:inherit;width:100%;min-height:44px;padding:0 1em;border-radius:var(--trailroom-radius,12px);background:var(--_);color:var(--trailroom-on-accent,light-dark(#fff,#1b1e1b));font:600 16px/1.2 var(--trailroom-font,system-ui,sans-serif);text-align:center;cursor:pointer}button:hover{opacity:.88}button:focus-visible{outline:3px solid var(--_);outline-offset:2px}${this.#size}`,
    );
    root.adoptedStyleSheets = [sheet];
    const button = document.createElement("button");
    button.setAttribute("part", "button");
    button.ariaHasPopup = "dialog";
    button.textContent = (this.textContent as string).trim() || "Try it on";
    root.append(button);
    // also before a tap: a finger enters first
    button.onpointerenter = button.onfocus = () => void this.#load();
    button.onclick = () => this.open();
  }

  #load() {
    this.#flow ??= import("./flow.ts").then(({ createFlow }) => createFlow(this));
    // a chunk that was lost on the way is fetched again with the next tap
    this.#flow.catch(() => {
      this.#flow = undefined;
    });
    return this.#flow;
  }

  /** Opens the dialog. */
  async open() {
    await (await this.#load()).open();
  }

  /** Closes the dialog; a running job goes on. */
  async close() {
    (await this.#flow)?.close();
  }

  /** Forgets the photo and the job of this page. */
  async reset() {
    (await this.#flow)?.reset();
  }

  attributeChangedCallback() {
    void this.#flow?.then((flow) => flow.update());
  }

  disconnectedCallback() {
    void this.#flow?.then((flow) => flow.dispose());
    this.#flow = undefined;
  }
}

for (const name of names) {
  Object.defineProperty(TrailroomTryon.prototype, propertyOf(name), {
    get(this: Element) {
      return this.getAttribute(name) ?? (name === "api-base" ? origin : "");
    },
    set(this: Element, value: string | null) {
      if (value == null) this.removeAttribute(name);
      else this.setAttribute(name, value);
    },
  });
}

export type { TrailroomTryon };

declare global {
  interface HTMLElementTagNameMap {
    "trailroom-tryon": TrailroomTryon;
  }
  interface HTMLElementEventMap
    extends Record<
      `trailroom:${"open" | "photo" | "submit" | "progress" | "result" | "error" | "add-to-cart" | "close"}`,
      CustomEvent<TrailroomDetail>
    > {}
}

if (!customElements.get("trailroom-tryon")) customElements.define("trailroom-tryon", TrailroomTryon);
