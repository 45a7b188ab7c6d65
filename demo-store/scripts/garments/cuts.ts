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
    neck: [102, 142],
    neckDepth: 222,
    shoulder: [240, 198],
    armpit: [244, 398],
    hem: [248, 962],
    waist: 6,
    cuff: [
      [458, 888],
      [362, 924],
    ],
  },
  sweatshirt: {
    neck: [106, 170],
    neckDepth: 254,
    shoulder: [264, 234],
    armpit: [270, 456],
    hem: [246, 910],
    waist: -12,
    cuff: [
      [468, 862],
      [358, 906],
    ],
  },
} as const satisfies Record<string, Cut>;
