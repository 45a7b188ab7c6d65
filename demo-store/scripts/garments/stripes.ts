import { mirrored, pathOf } from "../cloth/outline.ts";
import type { Point } from "../cloth/types.ts";
import type { Cut } from "./cut.ts";
import { armhole } from "./cut.ts";

/** Stripes of a knitted top: level on the body, at right angles to the arm on the sleeves. */
export function stripes(cut: Cut, ground: string, colour: string, every: number, thick: number): string {
  const rows = (from: number, to: number) =>
    Array.from({ length: Math.ceil((to - from) / every) }, (_, index) => {
      const y = from + index * every;
      return `<path d="M-620 ${y}Q0 ${y + 10} 620 ${y}v${thick}Q0 ${y + thick + 10}-620 ${y + thick}Z" fill="${colour}"/>`;
    }).join("");
  const [outer, inner] = cut.cuff;
  const hole = armhole(cut);
  const sleeve: Point[] = [
    ...hole,
    [inner[0] - 20, inner[1] + 60],
    [600, inner[1] + 60],
    [600, 100],
    [cut.shoulder[0], 100],
  ];
  const tilt = (Math.atan2(inner[1] - outer[1], inner[0] - outer[0]) * 180) / Math.PI - 180;
  const oneSleeve = (side: 1 | -1) => {
    const id = side === 1 ? "right" : "left";
    const shape = pathOf(side === 1 ? sleeve : mirrored(sleeve));
    const [x, y] = [outer[0] * side, outer[1]];
    return (
      `<clipPath id="${id}"><path d="${shape}"/></clipPath><g clip-path="url(#${id})">` +
      `<path d="${shape}" fill="${ground}"/>` +
      `<g transform="translate(${x} ${y}) rotate(${tilt * side})">${rows(-every * 14 - thick - 14, 60)}</g></g>`
    );
  };
  return rows(cut.neck[1] + every * 1.6, cut.hem[1] - 10) + oneSleeve(1) + oneSleeve(-1);
}
