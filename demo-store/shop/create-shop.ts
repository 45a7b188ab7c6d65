import path from "node:path";
import type { Context } from "hono";
import { Hono } from "hono";
import { catalogue, findProduct, picturePath } from "./catalogue.ts";
import { contentSecurityPolicy } from "./content-security-policy.ts";
import { cartPage } from "./pages/cart-page.ts";
import { homePage } from "./pages/home-page.ts";
import { notFoundPage } from "./pages/not-found-page.ts";
import { productPage } from "./pages/product-page.ts";
import { setupPage } from "./pages/setup-page.ts";
import { staticFiles } from "./static-files.ts";

interface ShopSetting {
  platformUrl: string;
  publishableKey: string;
  /** The shop's own origin; known once the port is. */
  shopOrigin: () => string;
}

/** The shop's routes, as a Hono application that is not listening yet. */
export function createShop({ platformUrl, publishableKey, shopOrigin }: ShopSetting): Hono {
  const app = new Hono();
  const policy = contentSecurityPolicy(new URL(platformUrl).origin);
  const fileOf = staticFiles(path.join(import.meta.dirname, "..", "public"));

  app.use(async (context, next) => {
    await next();
    context.header("content-security-policy", policy);
    context.header("x-content-type-options", "nosniff");
    context.header("referrer-policy", "strict-origin-when-cross-origin");
  });

  const showProduct = (context: Context, hostile: boolean) => {
    const product = findProduct(context.req.param("slug") ?? "");
    if (!product) return context.html(notFoundPage(), 404);
    const asked = context.req.query("colour");
    const colour = product.colours.find(({ id }) => id === asked) ?? product.colours[0];
    const page = { product, colour, shopOrigin: shopOrigin(), platformUrl, publishableKey, hostile };
    return context.html(productPage(page));
  };

  app.get("/", (context) => context.html(homePage()));
  app.get("/cart", (context) => context.html(cartPage()));
  app.get("/setup", (context) => context.html(setupPage({ shopOrigin: shopOrigin(), platformUrl, publishableKey })));
  app.get("/products.json", (context) =>
    context.json(
      catalogue.map((product) => ({
        slug: product.slug,
        title: product.title,
        pricePaise: product.pricePaise,
        colours: product.colours.map((colour) => ({ ...colour, picture: picturePath(product, colour) })),
      })),
    ),
  );
  app.get("/products/:slug{[a-z-]+}", (context) => showProduct(context, false));
  app.get("/products/:slug{[a-z-]+}/hostile", (context) => showProduct(context, true));
  app.notFound((context) => fileOf(context) ?? context.html(notFoundPage(), 404));
  return app;
}
