/** What a neckline's cut leaves of a label printed inside the back: specks along the edge of a plain front. */
import { median } from "../raster/scalars.ts";
import type { CutOut } from "./cut-out.ts";

/** Lab units from the cloth below */
const apart = 16;
/** shares of the columns: print that goes on below the edge, and specks; more is a trim or a pattern */
const mostPrinted = 0.08;
const specks = [0.02, 0.6] as const;
/** of the neckline's half width, where the edge is looked at */
const span = 0.8;

/** How many pixels below the neckline (`lineAt`, by column) specks reach, at most `deepest`; 0 when there are none. */
export function measureLabelRest(
  { lab, alpha }: Pick<CutOut, "lab" | "alpha">,
  width: number,
  centreX: number,
  halfWidth: number,
  lineAt: (x: number) => number,
  deepest: number,
): number {
  const from = Math.round(centreX - halfWidth * span);
  const columns = Array.from({ length: Math.round(halfWidth * span * 2) }, (_, k) => from + k);
  const at = (x: number, down: number) => (Math.round(lineAt(x)) + down) * width + x;
  const below = columns.map((x) => at(x, deepest + 2));
  const cloth = [0, 1, 2].map((k) => median(below.map((i) => lab[i * 3 + k]!)));
  const isApart = (i: number) => Math.hypot(...cloth.map((value, k) => lab[i * 3 + k]! - value)) > apart;
  if (below.filter(isApart).length > below.length * mostPrinted) return 0;
  const depths = columns.map((x) => {
    for (let down = deepest; down >= 0; down -= 1)
      if (alpha[at(x, down)]! > 0.5 && isApart(at(x, down))) return down + 1;
    return 0;
  });
  const share = depths.filter((depth) => depth > 0).length / depths.length;
  return share > specks[0] && share < specks[1] ? Math.max(...depths) : 0;
}
