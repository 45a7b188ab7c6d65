/**
 * The cart of this browser.
 * @typedef {{slug: string, colour: string, size: string, quantity: number}} Line
 */
const place = "trail-and-room:cart";

/** @returns {Line[]} the lines that were kept; anything else that stands there is ignored */
export function cartLines() {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "[]");
    return Array.isArray(kept) ? kept.filter((line) => typeof line?.slug === "string" && line.quantity > 0) : [];
  } catch {
    return [];
  }
}

export const cartCount = () => cartLines().reduce((sum, { quantity }) => sum + quantity, 0);

/** @param {Line[]} lines */
export function keepLines(lines) {
  localStorage.setItem(place, JSON.stringify(lines));
  document.dispatchEvent(new Event("cart:changed"));
}

/** Adds one piece; the same piece twice is one line of two. @param {{slug: string, colour: string, size: string}} piece */
export function addLine({ slug, colour, size }) {
  const lines = cartLines();
  const same = lines.find((line) => line.slug === slug && line.colour === colour && line.size === size);
  if (same) same.quantity += 1;
  else lines.push({ slug, colour, size, quantity: 1 });
  keepLines(lines);
}
