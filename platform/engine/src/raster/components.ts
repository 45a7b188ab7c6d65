import { integers, workspace } from "./memory.ts";

/** Four-connected components of a mask: label per pixel (0 = none) and size per label. */
export function components(mask: ArrayLike<number>, width: number, height: number) {
  const labels = integers(width * height);
  const sizes = [0];
  workspace(() => {
    const stack = integers(width * height);
    for (let start = 0; start < labels.length; start += 1) {
      if (!mask[start] || labels[start]) continue;
      sizes.push(flood(mask, labels, stack, width, start, sizes.length));
    }
  });
  return { labels, sizes };
}

/** Labels one component; returns its size. */
function flood(
  mask: ArrayLike<number>,
  labels: Int32Array,
  stack: Int32Array,
  width: number,
  start: number,
  label: number,
) {
  const n = labels.length;
  let top = 0;
  let size = 0;
  const visit = (j: number) => {
    if (!mask[j] || labels[j]) return;
    labels[j] = label;
    stack[top++] = j;
  };
  visit(start);
  while (top > 0) {
    const i = stack[--top]!;
    size += 1;
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < n - width) visit(i + width);
  }
  return size;
}
