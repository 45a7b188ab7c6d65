/** The photo used before: kept on this device only, when the shopper wishes so, for 30 days. */
const database = "trailroom";
const store = "photos";
const maxAgeMs = 30 * 86_400_000;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function act<T>(mode: IDBTransactionMode, run: (objects: IDBObjectStore) => IDBRequest<T>): Promise<T | null> {
  try {
    const db = await open();
    return await new Promise((resolve, reject) => {
      const request = run(db.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } catch {
    return null; // private windows have no storage: then nothing is kept
  }
}

export const keepPhoto = (photo: Blob) => act("readwrite", (objects) => objects.put({ photo, at: Date.now() }, "last"));
export const forgetPhoto = () => act("readwrite", (objects) => objects.delete("last"));

export async function lastPhoto(): Promise<Blob | null> {
  const kept = await act<{ photo: Blob; at: number } | undefined>("readonly", (objects) => objects.get("last"));
  if (!kept) return null;
  if (Date.now() - kept.at < maxAgeMs) return kept.photo;
  await forgetPhoto();
  return null;
}

const shopperKey = "trailroom-shopper";

/** A random name for this browser, for the daily cap alone. */
export function shopperId(): string {
  try {
    const known = localStorage.getItem(shopperKey);
    if (known) return known;
    const made = crypto.randomUUID();
    localStorage.setItem(shopperKey, made);
    return made;
  } catch {
    return crypto.randomUUID();
  }
}
