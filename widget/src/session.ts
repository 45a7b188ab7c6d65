export const consentKey = "trailroom-consent";
export const runningKey = "trailroom-job";

/** A job outlives the dialog and the page, in this tab. */
export interface Running {
  id: string;
  token: string;
  product: string | null;
}

export const session = {
  read: <T>(key: string): T | null => {
    try {
      return JSON.parse(sessionStorage.getItem(key) ?? "null") as T | null;
    } catch {
      return null;
    }
  },
  write: (key: string, value: unknown) => {
    try {
      if (value === null) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(value));
    } catch {} // without storage a reload forgets the job, nothing more
  },
};
