import type { ImageChecker } from "../../../core/ports.ts";

/**
 * The local check as this engine needs it. A model sees a garment on a busy background or on a person, so that is no
 * fault; a shape that is refused stays refused, because that is what keeps swimwear and underwear out (spec rule 9).
 */
export const createModelChecker = (local: ImageChecker): ImageChecker => ({
  checkPerson: local.checkPerson,
  checkGarment: async (image, kind) =>
    (await local.checkGarment(image, kind)).filter((code) => code === "garment_shape_unsupported"),
});
