// npm run shots:renew [-- NAME…]: takes the pictures of all pages, or of those named, anew. Look at each before you commit it, in a commit of its own.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openSite } from "./open-site.ts";
import { pageList } from "./page-list.ts";
import { packShot, shotFile, takeShots, widths } from "./take-shot.ts";

const names = process.argv.slice(2);
const chosen = pageList.filter(({ name }) => names.length === 0 || names.includes(name));
const folder = path.dirname(shotFile("any", { width: 390, colorScheme: "light" }));
if (names.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const site = await openSite();
try {
  for (const listed of chosen) {
    for (const width of widths) {
      for (const { look, shot } of await takeShots(site, listed, width)) {
        writeFileSync(shotFile(listed.name, look), await packShot(shot));
      }
    }
    console.log(listed.name);
  }
} finally {
  await site.close();
}
