export interface Size {
  width: number;
  height: number;
}

const parse = (text: string): Size => {
  const [width = 0, height = 0] = text.split("x").map(Number);
  return { width, height };
};

/** How far two shapes are from each other: the same for twice as wide and twice as high. */
const distance = (a: Size, b: Size) => Math.abs(Math.log((a.width * b.height) / (a.height * b.width)));

/** Of the sizes that a model offers, the one whose shape is nearest to the photo's. */
export function chooseSize(sizes: string[], photo: Size): Size {
  const [first, ...others] = sizes.map(parse);
  if (!first) throw new Error("a model without sizes");
  return others.reduce((best, size) => (distance(size, photo) < distance(best, photo) ? size : best), first);
}
