const database = "trailroom";
const store = "photos";
const place = "last";

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
    return await new Promise<T>((resolve, reject) => {
      const request = run(db.transaction(store, mode).objectStore(store));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    }).finally(() => db.close());
  } catch {
    return null; // private windows have no storage: then nothing is kept
  }
}

export const readPhoto = async () => (await act<Blob | undefined>("readonly", (objects) => objects.get(place))) ?? null;
export const writePhoto = (photo: Blob | null) =>
  act<unknown>("readwrite", (objects): IDBRequest => (photo ? objects.put(photo, place) : objects.delete(place)));
