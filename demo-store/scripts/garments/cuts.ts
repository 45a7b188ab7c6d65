import type { Cut } from "./cut.ts";

/** The tops of the shop, as measured on the table. */
export const cuts = {
  tee: {
    neck: [108, 172],
    neckDepth: 258,
    shoulder: [268, 226],
    armpit: [262, 428],
    hem: [266, 984],
    waist: 6,
    cuff: [
      [416, 460],
      [320, 518],
    ],
  },
  polo: {
    neck: [98, 178],
    neckDepth: 250,
    shoulder: [262, 232],
    armpit: [258, 430],
    hem: [262, 990],
    waist: 7,
    cuff: [
      [398, 476],
      [308, 524],
    ],
  },
  longSleeve: {
    neck: [104, 142],
    neckDepth: 222,
    shoulder: [256, 194],
    armpit: [248, 400],
    hem: [250, 976],
    waist: 6,
    cuff: [
      [446, 868],
      [372, 890],
    ],
  },
  sweatshirt: {
    neck: [104, 150],
    neckDepth: 226,
    shoulder: [272, 206],
    armpit: [264, 436],
    hem: [250, 958],
    waist: 0,
    cuff: [
      [452, 858],
      [378, 882],
    ],
  },
} as const satisfies Record<string, Cut>;
