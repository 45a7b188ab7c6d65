import type { FindingName } from "../../../core/page-check/findings.ts";

/** A finding in words: what is so, and what to do. */
interface Said {
  title: string;
  hint?: string;
}

const found = {
  page: { title: "The page can be read" },
  page_unreachable: {
    title: "The page could not be reached",
    hint: "Check the address. It must be public: no sign-in, no private network.",
  },
  page_status: {
    title: "The page answers with an error",
    hint: "Open it in a private window and see what visitors see.",
  },
  page_not_html: { title: "This is no page", hint: "Give the address of a product page." },
  script: { title: "The script is there" },
  script_missing: {
    title: "The script is missing",
    hint: "Paste the first line of the snippet. If your pages are built in the browser, this check cannot see it.",
  },
  script_elsewhere: { title: "The script comes from elsewhere", hint: "Load it from the address in the snippet." },
  script_not_module: { title: 'The script lacks type="module"', hint: "Add it to the script tag, as in the snippet." },
  element: { title: "The button's element is there" },
  element_missing: {
    title: "The button's element is missing",
    hint: "Paste <trailroom-tryon> of the snippet where the button should stand.",
  },
  key: { title: "The key is yours and works" },
  key_missing: { title: "The element has no key", hint: "Set publishable-key as in the snippet." },
  key_secret: {
    title: "A secret key stands on this page",
    hint: "Everybody can read it. Revoke it now on the page API keys, and use a publishable key.",
  },
  key_unknown: { title: "The key is none of yours", hint: "Copy the one in the snippet." },
  key_ended: { title: "The key has ended", hint: "Copy the one in the snippet." },
  key_test: { title: "This is a test key", hint: "Shoppers see test pictures. Use a live key when you open." },
  origin: { title: "The key allows this page's address" },
  origin_not_allowed: {
    title: "The key does not allow this page's address",
    hint: "Add it to the key's addresses on the page API keys.",
  },
  session_url_missing: {
    title: "The key asks for shopper sessions, and the element does not say where they come from",
    hint: "Set session-url to the address on your site that gives one.",
  },
  product_id_missing: {
    title: "No product id",
    hint: "Set product-id, so that your figures tell products apart.",
  },
  picture: { title: "The product picture can be tried on" },
  picture_missing: { title: "No product picture", hint: "Set this attribute to the picture's address." },
  picture_host: {
    title: "The picture is on a host that the key does not allow",
    hint: "Add it to the key's picture hosts on the page API keys.",
  },
  picture_unreachable: {
    title: "The picture could not be fetched",
    hint: "Its address must be public, a JPEG, PNG, WebP or AVIF.",
  },
  picture_problem: { title: "The picture cannot be tried on" },
  policy: { title: "The content security policy lets us in" },
  policy_none: { title: "No content security policy in the way" },
  policy_blocks: {
    title: "The content security policy blocks us",
    hint: "Put this directive into the policy:",
  },
} satisfies Record<FindingName, Said>;

/** The page that puts the button on a shop. */
export const install = {
  title: "Install the button",
  lead: "One snippet on your product pages. It takes about five minutes.",
  allKeys: "All keys",
  notAnAddress: "This is no address of a page.",
  first: {
    title: "Your shop's address",
    label: "Address",
    hint: "Such as https://shop.example. Your key works on its pages only.",
    submit: "Make my key",
    name: "My shop",
  },
  key: {
    title: "Your key",
    label: "the key",
    choose: "Key",
    show: "Show",
    worksOn: "Works on",
    nowhere: "no page yet",
    option: (name: string, mode: string) => (mode === "test" ? `${name} (test)` : name),
    test: "Test key: no real try-on.",
  },
  snippet: {
    title: "Paste this",
    label: "the snippet",
    platforms: {
      html: "HTML",
      shopify: "Shopify",
      woocommerce: "WooCommerce",
      webflow: "Webflow",
      react: "React",
    },
    hints: {
      html: "On each product page, where the button should stand. Set the product's id and picture.",
      shopify: "Online Store → Themes → Customize → a product template → Add block → Custom Liquid.",
      woocommerce: "Into your child theme's functions.php, or a snippets plugin.",
      webflow: "Product page template → Add → Embed. Bind the id and the picture to the product's fields.",
      react: "A component for your product page.",
    },
    bottoms: 'For trousers and skirts: bottom-image instead of product-image, and mode="full".',
  },
  look: {
    title: "Look",
    accent: "Colour",
    ink: "Text",
    radius: "Corners",
    font: "Font",
    fontHint: "Names of fonts that your shop loads",
    pixels: (radius: string) => `${radius}px`,
    submit: "Put into the snippet",
    preview: "Preview",
    button: "Try it on",
    tryIt: (left: number) => `Tap it: your own previews are free, ${left} left today.`,
    usedUp: "Today's 20 free previews are used.",
    needsKey: "With a live key you can try it here.",
    unverified: "Verify your address to try it here.",
  },
  checkPage: {
    title: "Check my page",
    label: "Address of a product page",
    submit: "Check the page",
    allGood: "Everything is in place.",
    problems: (count: number) => `${count} ${count === 1 ? "thing" : "things"} to mend.`,
  },
  checkPicture: {
    title: "Check my product picture",
    url: "Address of the picture",
    file: "Or a file",
    kind: "Shows",
    kinds: { top: "A top", bottom: "Trousers, shorts or a skirt" },
    submit: "Check the picture",
    good: "This picture can be tried on.",
    unreachable: "The picture could not be fetched. Check that its address is public.",
    missing: "Give an address or choose a file.",
  },
  link: {
    title: "Preview link",
    lead: "Opens your page so that trying on is free for you, for one hour. Send it to nobody.",
    page: "Address of the product page",
    product: "Product id",
    submit: "Make a link",
    ready: (time: string) => `Works until ${time} UTC:`,
    label: "the link",
  },
  levels: { good: "Good", warning: "Note", problem: "Mend" },
  found: found as Record<FindingName, Said>,
};
