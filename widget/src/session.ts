/** What a browser keeps; without storage (private windows) nothing is kept, and nothing breaks. */
const storage = (place: () => Storage) => ({
  read: <T>(key: string): T | null => {
    try {
      return JSON.parse(place().getItem(key) ?? "null") as T | null;
    } catch {
      return null;
    }
  },
  write: (key: string, value: unknown) => {
    try {
      if (value === null) place().removeItem(key);
      else place().setItem(key, JSON.stringify(value));
    } catch {}
  },
});

/** Of this tab. */
export const session = storage(() => sessionStorage);
/** Of this device. */
export const device = storage(() => localStorage);

export const consentKey = "trailroom-consent";

/** A job outlives the dialog and the page, in this tab. */
export interface Running {
  id: string;
  token: string;
}

/** Several products may be tried on in one tab: each has a job of its own. */
export const runningKey = (product: string) => `trailroom-job:${product}`;

const shopperKey = "trailroom-shopper";

/** A random name for this browser, for the daily cap alone. */
export function shopperId(): string {
  const id = device.read<string>(shopperKey) ?? crypto.randomUUID();
  device.write(shopperKey, id);
  return id;
}
