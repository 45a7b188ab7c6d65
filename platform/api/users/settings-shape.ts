import { z } from "@hono/zod-openapi";
import { isPlainLine } from "../../core/accounts/plain-text.ts";
import type { MerchantSettings } from "../../core/model.ts";

const budget = z.number().int().min(0).max(1_000_000).nullable();
const plain = z.string().max(200).refine(isPlainLine);

const fields = {
  photo_retention_hours: z.number().int().min(0).max(24).openapi({ description: "Person photos, from the job's end" }),
  result_retention_hours: z.number().int().min(1).max(720).openapi({ description: "Results of shoppers" }),
  shopper_daily_cap: z.number().int().min(1).max(100),
  allowed_modes: z
    .array(z.enum(["top", "full"]))
    .min(1)
    .max(2),
  widget_texts: z.record(z.string(), plain).openapi({ description: "button, title, intro, brand: plain text" }),
  widget_look: z.record(z.string(), plain).openapi({ description: "accent, accent_text, radius, font" }),
  allow_garment_bytes: z.boolean(),
  show_shopper_results: z.boolean().openapi({ description: "The consent text says so when it is on" }),
  monthly_key_budget: budget,
  daily_key_budget: budget,
};

export const settingsSchema = z.object({ ...fields, updated_at: z.iso.datetime() }).openapi("Settings");
export const settingsPatchSchema = z.object(fields).partial().openapi("SettingsChange");

export const toSettingsShape = (settings: MerchantSettings): z.infer<typeof settingsSchema> => {
  const { user_id: _owner, created_at: _made, updated_at, ...rest } = settings;
  return { ...rest, updated_at: updated_at.toISOString() };
};

export const settingsExample = {
  photo_retention_hours: 24,
  result_retention_hours: 24,
  shopper_daily_cap: 10,
  allowed_modes: ["top" as const, "full" as const],
  widget_texts: { button: "See it on you" },
  widget_look: { accent: "#14614a" },
  allow_garment_bytes: false,
  show_shopper_results: false,
  monthly_key_budget: null,
  daily_key_budget: 200,
  updated_at: "2026-11-24T10:00:00.000Z",
};
