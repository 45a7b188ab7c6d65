import { z } from "@hono/zod-openapi";
import { isEmailAddress } from "../../core/accounts/parse-email.ts";
import { isPlainLine } from "../../core/accounts/plain-text.ts";

/** Fields that the endpoints of signing in share. Each has a bound: nothing long is looked at, let alone hashed. */
export const emailField = z
  .string()
  .trim()
  .max(254)
  .refine(isEmailAddress)
  .openapi({ description: "A plain address in ASCII", example: "asha@shop.example" });
export const passwordField = z
  .string()
  .min(1)
  .max(200)
  .openapi({ description: "10 to 72 bytes", example: "four-plain-green-kettles" });
export const nameField = z.string().trim().min(1).max(80).refine(isPlainLine);
export const tokenField = z.string().min(20).max(200);
export const codeField = z.string().min(6).max(40);

export const tokensShape = {
  access_token: z.string().openapi({ description: "15 minutes" }),
  refresh_token: z.string().openapi({ description: "7 days, spent by its use" }),
};
export const tokensExample = {
  access_token: "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ.eyJzaWQiOiIuLi4ifQ.c2lnbmF0dXJl",
  refresh_token: "Zk0xqk7l2m3Hc1uY0y3yqf8rD6m1o6vM2m8bYc4c1xE",
};
/** what a link in a mail carries */
export const mailedToken = "p4mW3aVvX9bq7o2rQm0d8kX1yZc5tN6uLh2sJf0eGiw";
