// The models' files and the WebAssembly backend on a server.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import type { Models } from "./load-models.ts";
import { loadModels } from "./load-models.ts";

const modelsDir = path.join(import.meta.dirname, "..", "..", "models");

/** Throws, naming the file, unless its bytes have the manifest's SHA-256. */
export function verifyModelFile(name: string, bytes: Uint8Array, manifest: Record<string, string>) {
  const hash = createHash("sha256").update(bytes).digest("hex");
  if (manifest[name] !== hash) throw new Error(`the model file ${name} is not the one in the manifest`);
}

/** Reads one file of models/ and checks it against the manifest. Throws when it was changed. */
export async function readModelFile(name: string): Promise<Uint8Array> {
  const manifest: Record<string, string> = JSON.parse(readFileSync(path.join(modelsDir, "manifest.json"), "utf8"));
  const bytes = await readFile(path.join(modelsDir, name));
  verifyModelFile(name, bytes, manifest);
  return bytes;
}

async function startBackend() {
  const entry = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
  setWasmPaths(`${path.join(path.dirname(entry), "dist")}${path.sep}`);
  // its threads do not work in Node: parallel runs come from worker threads of ours
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  tf.env().set("WASM_HAS_SIMD_SUPPORT", true);
  await tf.setBackend("wasm");
  await tf.ready();
}

/** The models, ready to run in this thread. */
export async function loadNodeModels(): Promise<Models> {
  await startBackend();
  return loadModels(readModelFile);
}
