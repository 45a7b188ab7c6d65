import { z } from "@hono/zod-openapi";

/** What a publishable key with require_session asks for. */
export const shopperSessionHeader = {
  "x-shopper-session": z.string().max(4000).optional().openapi({
    description: "With a publishable key that requires it: the shopper session that the merchant's server has signed.",
  }),
};
