import { wholeOutline } from "../cloth/outline.ts";
import type { Fold, Garment, Layer, Point } from "../cloth/types.ts";
import { collarBehind, collarInFront, flat } from "./crew-collar.ts";
import type { Cut } from "./cut.ts";
import { lineBetween, neckline, topHalf } from "./cut.ts";
import { ribbedCuffs, ribbedHem } from "./ribbed-ends.ts";
import { moved, stitches, stitchesBothSides } from "./stitches.ts";
import { bent, topFolds } from "./top-folds.ts";

/** What a crew-neck top is made of. */
export interface CrewTop {
  name: string;
  seed: number;
  cut: Cut;
  /** Colour of the cloth and, when they differ, of the ribs. */
  cloth: string;
  rib?: string;
  /** Stripes or print as SVG. */
  dye?: string;
  sheen?: number;
  ends: { cuffs: "hemmed" | "ribbed"; hem: "hemmed" | "ribbed" };
  /** Weight of the cloth: 1 is jersey, 1.5 fleece. */
  weight?: number;
}

/** Two rows of stitches along the bottom. */
export function hemRows(cut: Cut, up = 26): string {
  const row = bent([-cut.hem[0] + 2, cut.hem[1] - up], [cut.hem[0] - 2, cut.hem[1] - up], 13);
  return stitches(row) + stitches(moved(row, 0, 6));
}

/** Two rows of stitches around each sleeve's opening. */
export function cuffRows(cut: Cut): string {
  const [outer, inner] = cut.cuff;
  const back = lineBetween(outer, cut.shoulder, 0.5);
  const size = Math.hypot(back[0] - outer[0], back[1] - outer[1]);
  const row = (up: number): Point[] => {
    const [dx, dy] = [((back[0] - outer[0]) / size) * up, ((back[1] - outer[1]) / size) * up];
    return bent([outer[0] + dx - 1, outer[1] + dy], [inner[0] + dx * 0.92 + 1, inner[1] + dy * 0.92], -2);
  };
  return stitchesBothSides(row(22)) + stitchesBothSides(row(28));
}

/** The sheet of body and sleeves, shared by all tops with sleeves. */
export function sleevedBody(top: Omit<CrewTop, "name">, details: string, moreFolds: readonly Fold[] = []): Layer {
  const { cut, seed, cloth, dye = "", weight = 1 } = top;
  return {
    path: wholeOutline(topHalf(cut)),
    dye: flat(cloth) + dye,
    details: [
      top.ends.hem === "hemmed" ? hemRows(cut) : "",
      top.ends.cuffs === "hemmed" ? cuffRows(cut) : "",
      stitchesBothSides([cut.neck, cut.shoulder].map(([x, y]): Point => [x, y + 5])),
      details,
    ].join(""),
    folds: [...topFolds(cut, seed, weight), ...moreFolds],
    edge: { radius: 20 * Math.sqrt(weight), height: 13 * weight },
    slack: weight,
    weave: 1,
    shadow: { strength: 0.45, reach: 12 },
  };
}

/** A tee, long-sleeved tee or sweatshirt with a ribbed crew neck. */
export function crewTop(top: CrewTop): Garment {
  const { name, seed, cut, cloth, rib = cloth, sheen = 0, ends } = top;
  const size = ends.hem === "ribbed" ? 30 : 25;
  return {
    name,
    seed,
    sheen,
    layers: [
      ...(ends.cuffs === "ribbed" ? ribbedCuffs(cut, rib, 58) : []),
      ...(ends.hem === "ribbed" ? [ribbedHem(cut, rib, 56)] : []),
      ...collarBehind(cut, { cloth, rib }, size),
      sleevedBody(top, stitchesBothSides(moved(neckline(cut), 0, 6).slice(0, -1))),
      collarInFront(cut, { rib }, size),
    ],
  };
}
