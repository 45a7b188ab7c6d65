import { createHash } from "node:crypto";
import type { ImagePreparer } from "../ports.ts";

/** What lies on the landing page to be tried on, and who may wear it: garments by file name, sample people. */
export interface SiteFiles {
  garments: ReadonlyMap<string, Uint8Array>;
  people: Uint8Array[];
}

/** Where the landing page's garments are served. */
export const siteGarmentsPath = "/site/garments/";

const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The pictures that the landing page's try-on knows as its own. */
export function createSitePictures({ garments, people }: SiteFiles, publicUrl: string, preparer: ImagePreparer) {
  const { origin } = new URL(publicUrl);
  const samples = new Set(people.map(hashOf));
  let prepared: Promise<Set<string>> | undefined;
  const prepareAll = async () => {
    const all = [...people.map((bytes) => ({ bytes, kind: "person" as const }))];
    const worn = [...garments.values()].map((bytes) => ({ bytes, kind: "garment" as const }));
    const images = await Promise.all([...all, ...worn].map(({ bytes, kind }) => preparer.prepare(bytes, kind)));
    return new Set(images.map(({ hash }) => hash));
  };
  return {
    /** The garment at this address of ours; null for any other address. */
    garment: (address: string): Uint8Array | null => {
      const url = URL.parse(address);
      if (url?.origin !== origin || !url.pathname.startsWith(siteGarmentsPath)) return null;
      return garments.get(url.pathname.slice(siteGarmentsPath.length)) ?? null;
    },
    /** Whether these are the very bytes of a sample person's picture. */
    isSamplePerson: (bytes: Uint8Array) => samples.has(hashOf(bytes)),
    /** Whether all of these prepared pictures are samples, by content. */
    areSamples: async (hashes: string[]) => {
      // a preparer that was busy is asked again the next time
      prepared ??= prepareAll().catch((error: unknown) => {
        prepared = undefined;
        throw error;
      });
      const known = await prepared;
      return hashes.every((hash) => known.has(hash));
    },
  };
}

export type SitePictures = ReturnType<typeof createSitePictures>;
