import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Clock, Engine, ImagePreparer, Store } from "../core/ports.ts";
import { ensureSiteAccount } from "../core/site/ensure-site-account.ts";
import { keepSampleResults } from "../core/site/keep-sample-results.ts";
import type { SiteFiles } from "../core/site/site-pictures.ts";
import { createSitePictures } from "../core/site/site-pictures.ts";

const publicFolder = path.join(import.meta.dirname, "..", "public");
const garmentsFolder = path.join(publicFolder, "site", "garments");
const peopleFolder = path.join(publicFolder, "v1", "models");
const person = /^person-\d+\.jpg$/;

const readAll = (folder: string, form: RegExp) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => form.test(name))
        .map((name) => [name, new Uint8Array(readFileSync(path.join(folder, name)))] as const)
    : [];

/** The garments and sample people of the landing page, as they are served. */
const loadSiteFiles = (): SiteFiles => ({
  garments: new Map(readAll(garmentsFolder, /\.jpg$/)),
  people: readAll(peopleFolder, person).map(([, bytes]) => bytes),
});

interface SiteParts {
  store: Store;
  clock: Clock;
  preparer: ImagePreparer;
  engine: Engine;
  /** the one on this machine, where the operator chose another */
  previewEngine?: Engine;
}

/** What the landing page's try-on works with: its account, its pictures, its engine. */
export async function openSite(publicUrl: string, { store, clock, preparer, engine, previewEngine }: SiteParts) {
  await ensureSiteAccount(store, publicUrl, clock.now());
  const pictures = createSitePictures(loadSiteFiles(), publicUrl, preparer);
  return { pictures, engine: keepSampleResults(previewEngine ?? engine, pictures) };
}
