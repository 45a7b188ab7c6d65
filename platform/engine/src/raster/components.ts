/** Four-connected components of a mask: label per pixel (0 = none) and size per label. */
export function components(mask: ArrayLike<number>, width: number, height: number) {
  const n = width * height;
  const labels = new Int32Array(n);
  const stack = new Int32Array(n);
  const sizes = [0];
  for (let start = 0; start < n; start += 1) {
    if (!mask[start] || labels[start]) continue;
    const label = sizes.length;
    let top = 0;
    let size = 0;
    stack[top++] = start;
    labels[start] = label;
    const visit = (j: number) => {
      if (!mask[j] || labels[j]) return;
      labels[j] = label;
      stack[top++] = j;
    };
    while (top > 0) {
      const i = stack[--top]!;
      size += 1;
      const x = i % width;
      if (x > 0) visit(i - 1);
      if (x < width - 1) visit(i + 1);
      if (i >= width) visit(i - width);
      if (i < n - width) visit(i + width);
    }
    sizes.push(size);
  }
  return { labels, sizes };
}
