import type { SealedField } from "../model.ts";
import { sealedFields } from "../model.ts";
import type { Repositories } from "../ports.ts";
import type { KeyRing } from "./key-ring.ts";

interface RotateOptions {
  /** told after each page */
  onProgress?: (rotation: Rotation) => void;
  pageSize?: number;
}

export interface Rotation {
  field: SealedField;
  /** now under the first key */
  resealed: number;
  /** sealed by a key that is not in the ring, or damaged: left as they are */
  unreadable: number;
}

/**
 * Puts every encrypted value under the first key of the ring. What is done is found done, so that a run that was cut off
 * is simply run again; the platform may go on meanwhile, since a value that changes is left to whoever changed it.
 */
export async function rotateKeys(
  store: Pick<Repositories, "sealed">,
  ring: KeyRing,
  options: RotateOptions = {},
): Promise<Rotation[]> {
  const rotations: Rotation[] = [];
  for (const field of sealedFields) rotations.push(await rotateField(store, ring, field, options));
  return rotations;
}

async function rotateField(
  { sealed }: Pick<Repositories, "sealed">,
  ring: KeyRing,
  field: SealedField,
  { onProgress, pageSize = 200 }: RotateOptions,
): Promise<Rotation> {
  const rotation: Rotation = { field, resealed: 0, unreadable: 0 };
  for (;;) {
    // what was done has left the list; only what cannot be read still stands before the next page
    const page = await sealed.listNotUnder(field, ring.kid, { skip: rotation.unreadable, limit: pageSize });
    for (const value of page) {
      const text = readable(ring, value.sealed);
      if (text === null) rotation.unreadable += 1;
      else if (await sealed.replace(field, value, ring.encrypt(text))) rotation.resealed += 1;
    }
    onProgress?.({ ...rotation });
    if (page.length < pageSize) return rotation;
  }
}

function readable(ring: KeyRing, sealed: string): string | null {
  try {
    return ring.decrypt(sealed);
  } catch {
    return null;
  }
}
