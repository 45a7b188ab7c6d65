/** The quality gate: one confidence from what person, garment and fit tell; a picture below the line is not shown. */
import { clamp } from "../raster/scalars.ts";
import type { GarmentSignals, PersonSignals } from "../types.ts";
import { EngineProblem } from "../types.ts";

export interface FitSignals {
  /** skin that had to be invented, shoulder widths squared */
  repainted: number;
  /** of that on trunk or hips, where spec rule 9 allows none */
  forbidden: number;
  /** cloth filled in where the warp left gaps */
  filled: number;
  /** worn bottom that still shows at the hips, shoulder widths squared */
  wornLeft: number;
  /** worn top that still shows beside and below the new one, shoulder widths squared */
  wornShown: number;
  /** of the invented skin, at the neckline */
  neckPainted: number;
}

/** below this a picture is not reliable; tuned on the half of the people that bench/engine.ts names */
const leastConfidence = 0.5;
const mostForbidden = 0.035;
/** grown cloth and, at half its area, invented skin: an arm in the shape of its sleeve is believed sooner than stretched cloth */
const mostInvented = 0.28;
const skinShare = 0.5;
/** seen: 0.27 and less, or 0.31 and more where old trousers stood above the new waist */
const mostWornLeft = 0.29;
/** seen: 0.06 and less where a collar or a shoulder of the worn top peeps out, 0.12 and more where its sleeves do */
const mostWornShown = 0.09;
/** flat skin at a wide neckline: 0.075 and more looked painted, up to 0.066 passed for a chest */
const mostNeckPainted = 0.07;
/** lace reaches 8 and more, stripes and ribbing stay near 1 */
const mostFineEnds = 4;
const leastContrast = 0.4;
const leastSeam = 2.5;

/** Confidence 0-1. Throws preview_not_reliable. */
export function judgeResult(
  person: PersonSignals,
  garments: GarmentSignals[],
  fit: FitSignals,
  needsLegs: boolean,
): number {
  const refuse = (detail: string): never => {
    throw new EngineProblem("preview_not_reliable", detail);
  };
  // a figure that is no number is no assurance: the gate fails closed
  for (const [name, value] of Object.entries(fit)) if (!Number.isFinite(value)) refuse(`${name} is no number`);
  if (fit.forbidden > mostForbidden) refuse(`skin on the trunk ${fit.forbidden.toFixed(3)}`);
  const invented = fit.repainted * skinShare + fit.filled;
  if (invented > mostInvented) refuse(`invented ${invented.toFixed(2)}`);
  if (fit.wornLeft > mostWornLeft) refuse(`worn bottom left ${fit.wornLeft.toFixed(2)}`);
  if (fit.wornShown > mostWornShown) refuse(`worn top shown ${fit.wornShown.toFixed(2)}`);
  if (fit.neckPainted > mostNeckPainted) refuse(`neck painted ${fit.neckPainted.toFixed(2)}`);
  const lace = Math.max(0, ...garments.map((garment) => garment.fineEnds ?? 0));
  if (!(lace <= mostFineEnds)) refuse(`see-through sleeves ${lace.toFixed(1)}`);
  // where top and bottom look alike, the waist is a guess
  if (needsLegs && person.topBottomContrast < leastContrast && person.seam < leastSeam)
    refuse(`waist unclear ${person.topBottomContrast.toFixed(2)} ${person.seam.toFixed(1)}`);
  if (needsLegs && person.legsSeen < 0.22) refuse(`legs seen ${person.legsSeen.toFixed(2)}`);
  const parts = [
    clamp(1 - fit.repainted * 1.2),
    clamp(1 - fit.filled * 0.8),
    clamp((person.armSeen - 0.1) / 0.6),
    clamp((person.faceOn - 0.2) / 0.5),
    clamp(1 - (person.veto - 0.12) / 0.25),
    clamp(1 - (person.uncertain - 0.015) / 0.03),
    clamp(1 - (person.torso.other - 0.04) / 0.15),
    ...garments.map((garment) => clamp((garment.confidence - 0.4) / 0.4)),
  ];
  // the weakest part decides, softened by the others
  const weakest = Math.min(...parts);
  const mean = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  const confidence = 0.5 * weakest + 0.5 * mean;
  if (!(confidence >= leastConfidence)) refuse(`confidence ${confidence.toFixed(2)}`);
  return confidence;
}
