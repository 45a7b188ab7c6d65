/** The shop's own print: a low sun over three ridges. */
export function ridgePrint(top: number, inks: { sun: string; ridges: readonly [string, string, string] }): string {
  const [far, middle, near] = inks.ridges;
  const left = -112;
  const ridge = (points: string, colour: string) =>
    `<path d="M${left} ${top + 262}V${points}V${top + 262}Z" fill="${colour}"/>`;
  const y = (value: number) => top + value;
  const rays = [0, 1, 2, 3]
    .map((index) => `<path d="M-112 ${y(252 + index * 15)}h224" stroke="${near}" stroke-width="${5 - index}"/>`)
    .join("");
  return (
    `<clipPath id="print"><path d="M-112 ${y(320)}V${y(112)}A112 112 0 0 1 112 ${y(112)}V${y(320)}Z"/></clipPath><g clip-path="url(#print)">` +
    `<circle cx="26" cy="${y(92)}" r="58" fill="${inks.sun}"/>` +
    ridge(`${y(168)}L-74 ${y(122)}L-50 ${y(146)}L-8 ${y(92)}L34 ${y(150)}L62 ${y(126)}L112 ${y(176)}`, far) +
    ridge(`${y(196)}L-86 ${y(184)}L-42 ${y(140)}L4 ${y(196)}L40 ${y(170)}L84 ${y(208)}L112 ${y(192)}`, middle) +
    ridge(`${y(232)}L-60 ${y(204)}L-16 ${y(236)}L46 ${y(198)}L112 ${y(240)}`, near) +
    `</g>${rays}`
  );
}
