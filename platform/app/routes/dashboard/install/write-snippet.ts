import type { Look } from "./look.ts";
import { propertiesOf } from "./look.ts";

export const platforms = ["html", "shopify", "woocommerce", "webflow", "react"] as const;
export type Platform = (typeof platforms)[number];

interface Wanted {
  platform: Platform;
  platformUrl: string;
  publishableKey: string;
  look: Look;
}

const scriptTag = (url: string) => `<script type="module" src="${url}/v1/trailroom.js"></script>`;

function styleRule(look: Look, indent = "") {
  const properties = propertiesOf(look).map(([name, value]) => `${indent}  ${name}: ${value};`);
  return properties.length === 0 ? "" : [`${indent}trailroom-tryon {`, ...properties, `${indent}}`].join("\n");
}

const styleTag = (look: Look) => {
  const rule = styleRule(look);
  return rule && `<style>\n${rule}\n</style>\n`;
};

const element = (key: string, id: string, picture: string) =>
  `<trailroom-tryon publishable-key="${key}"\n  product-id="${id}" product-image="${picture}" mode="top">\n  <button>Try it on</button>\n</trailroom-tryon>`;

const html = ({ platformUrl, publishableKey, look }: Wanted, id: string, picture: string) =>
  `${styleTag(look)}${scriptTag(platformUrl)}\n${element(publishableKey, id, picture)}`;

const woocommerce = (wanted: Wanted) => `add_action('woocommerce_after_add_to_cart_form', function () {
  global $product;
  $id = $product->get_sku() ?: $product->get_id();
  $picture = wp_get_attachment_url($product->get_image_id()); ?>
${html(wanted, "<?php echo esc_attr($id); ?>", "<?php echo esc_url($picture); ?>")}
<?php });`;

const react = ({ platformUrl, publishableKey, look }: Wanted) => {
  const rule = styleRule(look);
  return `import { useEffect } from "react";

export function TryItOn({ productId, image }) {
  useEffect(() => {
    const script = document.createElement("script");
    script.type = "module";
    script.src = "${platformUrl}/v1/trailroom.js";
    document.head.append(script);
  }, []);
  return (
    <trailroom-tryon publishable-key="${publishableKey}"
      product-id={productId} product-image={image} mode="top">
      <button>Try it on</button>
    </trailroom-tryon>
  );
}${rule && `\n\n/* into your style sheet:\n${rule}\n*/`}`;
};

const writers: Record<Platform, (wanted: Wanted) => string> = {
  html: (wanted) => html(wanted, "tee-1", "https://shop.example/tee-1.jpg"),
  shopify: (wanted) =>
    html(
      wanted,
      "{{ product.selected_or_first_available_variant.sku | default: product.id }}",
      "https:{{ product.featured_image | image_url: width: 1200 }}",
    ),
  woocommerce,
  // Webflow's designer puts the product's fields where these stand
  webflow: (wanted) => html(wanted, "SKU FIELD", "MAIN IMAGE FIELD"),
  react,
};

/** What a merchant pastes into their shop. */
export const writeSnippet = (wanted: Wanted): string => writers[wanted.platform](wanted);
