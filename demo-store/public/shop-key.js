const place = "trail-and-room:publishable-key";

/** The key that was chosen on the set-up page, or null. */
export const chosenKey = () => localStorage.getItem(place);

/** Keeps a key for this browser; null goes back to the shop's own. */
export function keepKey(key) {
  if (key === null) localStorage.removeItem(place);
  else localStorage.setItem(place, key);
}

/** Gives every try-on element the key that this browser has chosen. */
export function useChosenKey(root) {
  const key = chosenKey();
  if (!key) return;
  for (const tryOn of root.querySelectorAll("trailroom-tryon")) tryOn.setAttribute("publishable-key", key);
}
