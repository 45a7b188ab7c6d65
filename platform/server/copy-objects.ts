import { createHash } from "node:crypto";
import type { ObjectStore } from "../core/ports.ts";

/** Lies in the target while a copy is under way, and says whose it is. */
const markerKey = "copy/marker.json";
const atOnce = 8;

export interface ObjectCopy {
  source: ObjectStore;
  target: ObjectStore;
  /** tells this source from every other; a copy goes on only under the marker of its own */
  identity: string;
  onProgress: (progress: { name: string; done: number; total: number }) => void;
}

/** Every object's name, in order; what a write cut off has left behind is no object. */
async function listAll(objects: ObjectStore): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const page = await objects.list("", keys.at(-1));
    if (page.length === 0) break;
    keys.push(...page.map(({ key }) => key));
  }
  return keys.filter((key) => key !== markerKey && !key.endsWith(".tmp"));
}

/** Takes the target for this copy. Throws when anything else lies there. */
async function takeTarget(target: ObjectStore, identity: string): Promise<Set<string>> {
  const there = new Set(await listAll(target));
  const marker = await target.get(markerKey);
  const owner = marker ? JSON.parse(Buffer.from(marker.bytes).toString()).identity : null;
  if (owner !== null && owner !== identity) throw new Error("--to: another copy is under way there");
  if (owner === null && there.size > 0) {
    throw new Error("--to: it is not empty, and this copy has not begun there: give an empty target");
  }
  if (owner === null) {
    await target.put(markerKey, new TextEncoder().encode(JSON.stringify({ identity })), "application/json");
  }
  return there;
}

/** Does `act` for every key, several at once, and tells how far it has come. */
async function each(name: string, keys: string[], { onProgress }: ObjectCopy, act: (key: string) => Promise<void>) {
  const waiting = keys.values();
  let done = 0;
  onProgress({ name, done, total: keys.length });
  const work = async () => {
    for (const key of waiting) {
      await act(key);
      done += 1;
      onProgress({ name, done, total: keys.length });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

const fingerprint = (object: { bytes: Uint8Array; contentType: string } | null) =>
  object && `${object.contentType} ${createHash("sha256").update(object.bytes).digest("hex")}`;

/**
 * Copies every object of `source` to an empty `target`, going on where an earlier run was cut off; then reads both
 * sides and compares every byte. Throws when they differ. Tells how many objects there are.
 */
export async function copyObjects(copy: ObjectCopy): Promise<number> {
  const { source, target, identity } = copy;
  const there = await takeTarget(target, identity);
  const keys = await listAll(source);
  await each("copied", keys, copy, async (key) => {
    if (there.has(key)) return;
    const object = await source.get(key);
    if (object) await target.put(key, object.bytes, object.contentType);
  });
  const [now, copied] = [await listAll(source), new Set(await listAll(target))];
  const differing = now.filter((key) => !copied.has(key)).length + Math.max(0, copied.size - now.length);
  if (differing > 0) {
    throw new Error(`The copy is not the source: ${now.length} objects, ${copied.size} in the copy. Is it in use?`);
  }
  const faults: string[] = [];
  await each("verified", keys, copy, async (key) => {
    const [here, copied] = await Promise.all([source.get(key), target.get(key)]);
    if (fingerprint(here) === fingerprint(copied)) return;
    faults.push(key);
    await target.delete(key); // the next run copies it again
  });
  if (faults.length > 0) {
    throw new Error(`${faults.length} objects were not what they should be, ${faults[0]} first: run it again.`);
  }
  await target.delete(markerKey);
  return keys.length;
}
