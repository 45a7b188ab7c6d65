// npm run bench:engine -- --people DIR --garments DIR [--bottoms DIR] --out DIR
//   [--only person:tee --only garment:polo] [--reuse-photo]: a quick look at some pairs, the photo analysed once
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Sharp } from "sharp";
import sharp from "sharp";
import type {
  BottomGarment,
  GarmentAnalysis,
  Models,
  PersonAnalysis,
  Raster,
  TopGarment,
} from "../platform/engine/src/index.ts";
import { analyseGarment, analysePhoto, EngineProblem, tryOn } from "../platform/engine/src/index.ts";
import { loadNodeModels } from "../platform/engine/src/runtime/node-models.ts";
import { calibrateInference } from "./calibrate-inference.ts";
import type { Pair, Subject } from "./engine-pairs.ts";
import { listPairs } from "./engine-pairs.ts";
import type { SheetEntry } from "./engine-sheets.ts";
import { writeSheets } from "./engine-sheets.ts";
import type { Row } from "./engine-summary.ts";
import { summarise } from "./engine-summary.ts";

const photoSide = 1024;
const keptPeople = 50;

async function readPixels(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture
    .toColourspace("srgb")
    .resize(photoSide, photoSide, { fit: "inside", withoutEnlargement: true })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    width: info.width,
    height: info.height,
    data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.byteLength),
  };
}

async function loadPicture(file: string): Promise<Raster> {
  return readPixels(sharp(file).rotate().flatten({ background: "white" }));
}

/** Garments may be see-through outside the cloth: their alpha is kept. */
async function loadGarment(file: string): Promise<Raster> {
  return readPixels(sharp(file).rotate());
}

/** The last `most` results by name: a garment is read once for all who try it on, a refusal is kept like an answer. */
function remember<T>(most: number, make: (subject: Subject, key: string) => Promise<T>) {
  const kept = new Map<string, Promise<T>>();
  return (subject: Subject, key: string) => {
    const id = `${subject.file}|${key}`;
    const known = kept.get(id) ?? make(subject, key);
    known.catch(() => undefined);
    kept.set(id, known);
    const oldest = kept.keys().next().value;
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return known;
  };
}

interface Desk {
  models: Models;
  out: string;
  photo: (subject: Subject, key: string) => Promise<Raster>;
  garment: (subject: Subject, key: string) => Promise<GarmentAnalysis>;
  person: ((subject: Subject, key: string) => Promise<PersonAnalysis>) | null;
}

const resultFile = (out: string, { person, garment }: Pair) =>
  path.join(out, "results", `${path.parse(person.name).name}+${path.parse(garment.name).name}.jpg`);

async function runPair(pair: Pair, { models, out, photo, garment, person }: Desk): Promise<Row> {
  const need = pair.role === "bottom" ? "full" : "top";
  const row = {
    person: pair.person.name,
    garment: pair.garment.name,
    role: pair.role,
    personClass: pair.person.label?.class ?? null,
    garmentClass: pair.garment.label?.class ?? null,
  };
  const empty = { confidence: null, stagesMs: {}, gate: {}, warnings: [] };
  let started = performance.now();
  const ended = () => ({
    totalMs: Math.round(performance.now() - started),
    rssMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
  });
  try {
    const picture = await photo(pair.person, "photo");
    const analysis = await garment(pair.garment, pair.role);
    const known = person ? { person: await person(pair.person, need) } : {};
    const piece = analysis.kind === "top" ? { top: analysis as TopGarment } : { bottom: analysis as BottomGarment };
    started = performance.now();
    const output = await tryOn({ photo: picture, ...known, ...piece }, models);
    const measured = ended();
    const { width, height, data } = output.image;
    await sharp(data, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .jpeg({ quality: 92 })
      .toFile(resultFile(out, pair));
    const { confidence, gate, warnings, timings } = output;
    const stagesMs = Object.fromEntries(Object.entries(timings).map(([stage, ms]) => [stage, Math.round(ms)]));
    return { ...row, accepted: true, code: null, detail: "", confidence, stagesMs, gate, warnings, ...measured };
  } catch (error) {
    const code = error instanceof EngineProblem ? error.code : "crash";
    const detail = error instanceof EngineProblem ? error.detail : String((error as Error).stack);
    return { ...row, ...empty, accepted: false, code, detail, ...ended() };
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      people: { type: "string" },
      garments: { type: "string" },
      bottoms: { type: "string" },
      out: { type: "string" },
      only: { type: "string", multiple: true },
      "reuse-photo": { type: "boolean" },
    },
  });
  const { people, garments, bottoms, out } = values;
  if (!people || !out || !(garments || bottoms)) {
    console.error("usage: bench:engine -- --people DIR --garments DIR [--bottoms DIR] --out DIR");
    process.exitCode = 2;
    return;
  }
  // a result of an earlier run must not pass for one of this run
  rmSync(path.join(out, "results"), { recursive: true, force: true });
  mkdirSync(path.join(out, "results"), { recursive: true });
  const load = loadavg()[0] ?? 0;
  const models = await loadNodeModels();
  const calibrationMs = await calibrateInference(models);
  const photo = (subject: Subject) => loadPicture(subject.file);
  const readPerson = async (subject: Subject, need: string) =>
    analysePhoto(await photo(subject), models, need as "top" | "full");
  const desk: Desk = {
    models,
    out,
    photo,
    garment: remember(1, async (subject, role) =>
      analyseGarment(await loadGarment(subject.file), role as Pair["role"]),
    ),
    person: values["reuse-photo"] ? remember(keptPeople, readPerson) : null,
  };
  const pairs = listPairs({ people, garments: garments ?? null, bottoms: bottoms ?? null, only: values.only ?? [] });
  const rows: Row[] = [];
  for (const pair of pairs) {
    const row = await runPair(pair, desk);
    rows.push(row);
    const verdict = row.accepted ? (row.confidence ?? 0).toFixed(2) : `${row.code} ${row.detail}`;
    console.log(`${rows.length}/${pairs.length} ${row.person} + ${row.garment}: ${verdict} ${row.totalMs} ms`);
  }
  writeFileSync(path.join(out, "table.json"), JSON.stringify(rows, null, 1));
  const summary = summarise(pairs, rows, calibrationMs, load);
  writeFileSync(path.join(out, "summary.json"), JSON.stringify(summary, null, 1));
  const entries = pairs.map((pair, k): SheetEntry => {
    const row = rows[k]!;
    const result = row.accepted ? resultFile(out, pair) : null;
    const note = row.accepted ? (row.confidence ?? 0).toFixed(2) : (row.code ?? "");
    return { person: pair.person.file, garment: pair.garment.file, result, note };
  });
  await writeSheets(entries, out);
  console.log(JSON.stringify(summary, null, 1));
  if (summary.crashes.length > 0) process.exitCode = 1;
}

await main();
