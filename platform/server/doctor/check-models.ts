import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Finding } from "./finding.ts";
import { reasonOf, well, wrong } from "./finding.ts";

const subject = "models";
const remedy = "install the release anew: the local engine refuses model files that are not its own";
const shipped = path.join(import.meta.dirname, "..", "..", "engine", "models");

/** Whether each model file is the one that the manifest names by its SHA-256. */
export async function checkModels(folder = shipped): Promise<Finding[]> {
  try {
    const manifest = JSON.parse(await readFile(path.join(folder, "manifest.json"), "utf8")) as Record<string, string>;
    const bad: string[] = [];
    for (const [name, hash] of Object.entries(manifest)) {
      const bytes = await readFile(path.join(folder, name)).catch(() => null);
      if (!bytes) bad.push(`${name} is missing`);
      else if (createHash("sha256").update(bytes).digest("hex") !== hash) bad.push(`${name} is not the one we ship`);
    }
    if (bad.length > 0) return bad.map((text) => wrong(subject, text, remedy));
    return [well(subject, `all ${Object.keys(manifest).length} files are the ones we ship`)];
  } catch (error) {
    return [wrong(subject, `their manifest cannot be read: ${reasonOf(error)}`, remedy)];
  }
}
