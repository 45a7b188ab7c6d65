import { z } from "zod";
import { AppError } from "../../../../core/errors.ts";
import type { RequestTryOnInput } from "../../../../core/tryon/service-types.ts";
import { readForm } from "../../../session/read-form.ts";

/** What can be tried on, as the form names it. */
export const garmentKinds = ["top", "bottom", "outfit"] as const;
export type GarmentChoice = (typeof garmentKinds)[number];

/** The API's mode of each kind: a bottom is worn with the top that the person has on. */
export const modeOf = (kind: GarmentChoice) => (kind === "top" ? "top" : "full");

const fields = z.object({
  garment: z.enum(garmentKinds),
  product_id: z.string().trim().max(200).optional(),
});

async function pictureIn(form: FormData, name: string) {
  const file = form.get(name);
  if (!(file instanceof File) || file.size === 0) return null;
  return { bytes: new Uint8Array(await file.arrayBuffer()) };
}

/** What the form asks for. Throws invalid_request naming each picture that is missing. */
export async function readTryOnForm(form: FormData): Promise<RequestTryOnInput> {
  const { garment, product_id } = readForm(fields, form);
  const [person, top, bottom] = await Promise.all([
    pictureIn(form, "person_image"),
    garment === "bottom" ? null : pictureIn(form, "top_image"),
    garment === "top" ? null : pictureIn(form, "bottom_image"),
  ]);
  const details: Record<string, string> = {};
  if (!person) details.person_image = "missing";
  if (!top && garment !== "bottom") details.top_image = "missing";
  if (!bottom && garment !== "top") details.bottom_image = "missing";
  if (!person || Object.keys(details).length > 0) throw new AppError("invalid_request", { details });
  return {
    person,
    top,
    bottom,
    mode: modeOf(garment),
    productId: product_id || null,
    productUrl: null,
    shopperId: null,
    consentVersion: null,
  };
}
