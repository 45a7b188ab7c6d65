/** A four-hole button as SVG. */
export function button(x: number, y: number, radius: number, colour: string): string {
  const hole = radius * 0.26;
  const holes = [
    [-hole, -hole],
    [hole, -hole],
    [-hole, hole],
    [hole, hole],
  ].map(([dx, dy]) => `<circle cx="${dx}" cy="${dy}" r="${radius * 0.12}" fill="#000" fill-opacity=".6"/>`);
  return (
    `<g transform="translate(${x} ${y})"><circle r="${radius * 1.06}" fill="#000" fill-opacity=".35" cx="1" cy="1.6"/>` +
    `<circle r="${radius}" fill="${colour}"/><circle r="${radius * 0.72}" fill="none" stroke="#000" stroke-opacity=".22" stroke-width="1.4"/>` +
    `<path d="M${-radius * 0.8} ${-radius * 0.3}A${radius * 0.85} ${radius * 0.85} 0 0 1 ${radius * 0.3} ${-radius * 0.8}" fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="1.2"/>` +
    `${holes.join("")}</g>`
  );
}
