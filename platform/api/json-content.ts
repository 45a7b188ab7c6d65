import type { z } from "@hono/zod-openapi";

/** A JSON answer with its example, for an endpoint's OpenAPI entry. */
export const jsonAnswer = <T extends z.ZodType>(description: string, schema: T, example: z.input<T>) => ({
  description,
  content: { "application/json": { schema, example } },
});

/** A JSON body with its example. */
export const jsonBody = <T extends z.ZodType>(schema: T, example: z.input<T>) => ({
  required: true,
  content: { "application/json": { schema, example } },
});
