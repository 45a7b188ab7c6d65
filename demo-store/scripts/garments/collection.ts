import type { Garment } from "../cloth/types.ts";
import { legs } from "./bottoms.ts";
import { crewTop } from "./crew-top.ts";
import { cuts } from "./cuts.ts";
import { polo } from "./polo.ts";
import { ridgePrint } from "./ridge-print.ts";
import { skirt } from "./skirt.ts";
import { stripes } from "./stripes.ts";
import { tank } from "./tank.ts";

const hemmed = { cuffs: "hemmed", hem: "hemmed" } as const;
const ribbed = { cuffs: "ribbed", hem: "ribbed" } as const;
const trousers = {
  waist: [168, 92],
  hip: [206, 300],
  crotch: 412,
  opening: [
    [212, 1116],
    [64, 1122],
  ],
  knee: [208, 46],
} as const;
const shorts = {
  waist: [216, 262],
  hip: [268, 500],
  crotch: 600,
  opening: [
    [310, 900],
    [44, 922],
  ],
} as const;

/** Every garment that the shop sells, one entry a colour. */
export const collection: readonly Garment[] = [
  crewTop({ name: "plain-tee-moss", seed: 3, cut: cuts.tee, cloth: "#5f7355", ends: hemmed }),
  crewTop({ name: "plain-tee-black", seed: 4, cut: cuts.tee, cloth: "#2a2a2c", sheen: 40, ends: hemmed }),
  crewTop({ name: "plain-tee-white", seed: 14, cut: cuts.tee, cloth: "#e9e8e4", ends: hemmed }),
  crewTop({
    name: "striped-tee-navy",
    seed: 5,
    cut: cuts.tee,
    cloth: "#ebe6da",
    dye: stripes(cuts.tee, "#ebe6da", "#27344f", 44, 17),
    ends: hemmed,
  }),
  crewTop({
    name: "striped-tee-rust",
    seed: 15,
    cut: cuts.tee,
    cloth: "#b5573a",
    dye: stripes(cuts.tee, "#b5573a", "#e9dcc6", 62, 20),
    ends: hemmed,
  }),
  crewTop({
    name: "ridge-tee-mustard",
    seed: 6,
    cut: cuts.tee,
    cloth: "#d09a3c",
    dye: ridgePrint(330, { sun: "#f3e4c4", ridges: ["#a8562f", "#6f3a2b", "#2f2a2a"] }),
    ends: hemmed,
  }),
  crewTop({
    name: "ridge-tee-ink",
    seed: 16,
    cut: cuts.tee,
    cloth: "#2d3a4f",
    sheen: 24,
    dye: ridgePrint(330, { sun: "#e2a04a", ridges: ["#7f97a8", "#b9c3c4", "#ece6d8"] }),
    ends: hemmed,
  }),
  polo({ name: "polo-navy", seed: 8, cut: cuts.polo, cloth: "#2c3c5c", tip: "#e8e2d4", buttons: "#e9e4d8", sheen: 24 }),
  polo({ name: "polo-cream", seed: 18, cut: cuts.polo, cloth: "#e6ddc8", tip: "#4d5f4a", buttons: "#cbbd9f" }),
  crewTop({
    name: "long-sleeve-plum",
    seed: 7,
    cut: cuts.longSleeve,
    cloth: "#6b3f53",
    ends: { cuffs: "ribbed", hem: "hemmed" },
  }),
  crewTop({
    name: "long-sleeve-teal",
    seed: 17,
    cut: cuts.longSleeve,
    cloth: "#2f6b6b",
    ends: { cuffs: "ribbed", hem: "hemmed" },
  }),
  crewTop({ name: "sweatshirt-grey", seed: 9, cut: cuts.sweatshirt, cloth: "#a7a8aa", ends: ribbed, weight: 1.45 }),
  crewTop({ name: "sweatshirt-brick", seed: 19, cut: cuts.sweatshirt, cloth: "#9c4a3c", ends: ribbed, weight: 1.45 }),
  tank({ name: "tank-sky", seed: 10, cloth: "#8fb2c9" }),
  tank({ name: "tank-coral", seed: 20, cloth: "#d9705c" }),
  legs({ name: "chinos-sand", seed: 11, cut: trousers, cloth: "#c3ac86" }),
  legs({ name: "chinos-navy", seed: 21, cut: trousers, cloth: "#35415a", sheen: 20, buttonColour: "#6b7385" }),
  legs({ name: "shorts-olive", seed: 12, cut: shorts, cloth: "#6a6b4a", buttonColour: "#8f8563" }),
  legs({ name: "shorts-stone", seed: 22, cut: shorts, cloth: "#bdb8ab" }),
  skirt({ name: "skirt-rose", seed: 13, cloth: "#b9808a" }),
  skirt({ name: "skirt-forest", seed: 23, cloth: "#37574a" }),
];
