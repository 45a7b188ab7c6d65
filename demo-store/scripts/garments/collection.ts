import type { Garment } from "../cloth/types.ts";
import { legs } from "./bottoms.ts";
import { crewTop } from "./crew-top.ts";
import { cuts } from "./cuts.ts";
import { stripes } from "./stripes.ts";

const hemmed = { cuffs: "hemmed", hem: "hemmed" } as const;
const ribbed = { cuffs: "ribbed", hem: "ribbed" } as const;
const trousers = {
  waist: [172, 92],
  hip: [218, 300],
  crotch: 436,
  opening: [
    [236, 1120],
    [96, 1126],
  ],
  knee: [224, 62],
} as const;
const shorts = {
  waist: [222, 250],
  hip: [280, 500],
  crotch: 640,
  opening: [
    [330, 900],
    [58, 926],
  ],
} as const;

/** Every garment that the shop sells, one entry a colour. */
export const collection: readonly Garment[] = [
  crewTop({ name: "plain-tee-moss", seed: 3, cut: cuts.tee, cloth: "#5f7355", ends: hemmed }),
  crewTop({ name: "plain-tee-black", seed: 4, cut: cuts.tee, cloth: "#2a2a2c", sheen: 40, ends: hemmed }),
  crewTop({
    name: "striped-tee-navy",
    seed: 5,
    cut: cuts.tee,
    cloth: "#eeeae0",
    rib: "#eeeae0",
    dye: stripes(cuts.tee, "#eeeae0", "#27344f", 44, 17),
    ends: hemmed,
  }),
  crewTop({ name: "long-sleeve-plum", seed: 7, cut: cuts.longSleeve, cloth: "#6b3f53", ends: { cuffs: "ribbed", hem: "hemmed" } }),
  crewTop({ name: "sweatshirt-grey", seed: 9, cut: cuts.sweatshirt, cloth: "#a7a8aa", ends: ribbed, weight: 1.45 }),
  legs({ name: "chinos-sand", seed: 11, cut: trousers, cloth: "#c3ac86" }),
  legs({ name: "shorts-olive", seed: 12, cut: shorts, cloth: "#6a6b4a", buttonColour: "#8f8563" }),
];
