import { mirrored, pathOf, samplePoints } from "../cloth/outline.ts";
import type { Garment, Layer, Point } from "../cloth/types.ts";
import { collarBehind, flat } from "./crew-collar.ts";
import { sleevedBody } from "./crew-top.ts";
import type { Cut } from "./cut.ts";
import { ribbedCuffs } from "./ribbed-ends.ts";
import { button } from "./sew-button.ts";
import { stitches } from "./stitches.ts";

/** One half of the fold-over collar; the other is its mirror image. */
function collarFlap(cut: Cut, side: 1 | -1, colours: { rib: string; tip: string }): Layer {
  const [x, y] = cut.neck;
  const point: Point = [104, cut.neckDepth + 62];
  const centre: Point = [7, cut.neckDepth + 4];
  const shape = samplePoints(
    [x - 36, y - 26],
    [
      [[x - 40, y + 24], [x - 64, cut.neckDepth - 32], centre],
      [[34, cut.neckDepth + 30], [70, cut.neckDepth + 52], point],
      [
        [124, cut.neckDepth + 10],
        [x + 36, y + 52],
        [x + 26, y + 10],
      ],
      [
        [x + 14, y - 12],
        [x - 4, y - 24],
        [x - 38, y - 27],
      ],
    ],
  );
  const edge = samplePoints(
    [17, cut.neckDepth + 6],
    [
      [
        [40, cut.neckDepth + 22],
        [70, cut.neckDepth + 40],
        [point[0] - 5, point[1] - 12],
      ],
      [
        [115, cut.neckDepth + 8],
        [x + 28, y + 54],
        [x + 16, y + 14],
      ],
    ],
  );
  const place = side === 1 ? shape : mirrored(shape);
  const line = pathOf(side === 1 ? edge : mirrored(edge), false);
  return {
    path: pathOf(place),
    dye: flat(colours.rib),
    details: `<path d="${line}" fill="none" stroke="${colours.tip}" stroke-width="5" stroke-linejoin="round"/>`,
    edge: { radius: 8, height: 8 },
    weave: 1.4,
    relief: (across, down) => 0.16 * Math.sin((across * side * 0.5 + down) * 1.3),
    shadow: { strength: 0.42, reach: 7, down: 6 },
  };
}

function placket(cut: Cut, cloth: string, buttons: string): Layer {
  const top = cut.neckDepth - 6;
  const bottom = top + 178;
  const edge = (x: number): Point[] => [
    [x, top + 10],
    [x, bottom - 4],
  ];
  return {
    path: `M-21 ${top}L21 ${top}L22 ${bottom}L-22 ${bottom}Z`,
    dye: flat(cloth),
    details:
      stitches(edge(-17)) +
      stitches(edge(17)) +
      stitches([
        [-19, bottom - 6],
        [19, bottom - 6],
      ]) +
      [40, 90, 140].map((down) => button(0, top + down, 7.5, buttons)).join(""),
    edge: { radius: 5, height: 4 },
    weave: 1,
    slack: 0.6,
    shadow: { strength: 0.3, reach: 4, down: 1 },
  };
}

/** A knitted polo shirt with a tipped collar and a three-button placket. */
export function polo(options: {
  name: string;
  seed: number;
  cut: Cut;
  cloth: string;
  tip: string;
  buttons: string;
  sheen?: number;
}): Garment {
  const { name, seed, cut, cloth, tip, buttons, sheen = 0 } = options;
  return {
    name,
    seed,
    sheen,
    layers: [
      ...ribbedCuffs(cut, cloth, 20, tip),
      // the stand rises behind the neck to where the collar folds over
      ...collarBehind(
        { ...cut, neck: [cut.neck[0] - 8, cut.neck[1] - 18], neckDepth: cut.neckDepth + 32 },
        { cloth, rib: cloth },
        28,
      ),
      sleevedBody({ seed, cut, cloth, ends: { cuffs: "ribbed", hem: "hemmed" }, weight: 1.1 }, ""),
      placket(cut, cloth, buttons),
      collarFlap(cut, 1, { rib: cloth, tip }),
      collarFlap(cut, -1, { rib: cloth, tip }),
    ],
  };
}
