import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readModelFile, verifyModelFile } from "./node-models.ts";

const modelsDir = path.join(import.meta.dirname, "..", "..", "models");

describe("the model files", () => {
  const manifest: Record<string, string> = JSON.parse(readFileSync(path.join(modelsDir, "manifest.json"), "utf8"));

  it("are exactly those of the manifest, each with its hash", async () => {
    const files = readdirSync(modelsDir).filter((name) => name !== "NOTICE.md" && name !== "manifest.json");
    expect(files.sort()).toEqual(Object.keys(manifest).sort());
    for (const name of files) expect((await readModelFile(name)).length).toBeGreaterThan(0);
  });

  it("are refused by name when a single byte was changed", () => {
    const bytes = new Uint8Array(readFileSync(path.join(modelsDir, "selfie-multiclass.json")));
    bytes[100] = bytes[100]! ^ 1;
    expect(() => verifyModelFile("selfie-multiclass.json", bytes, manifest)).toThrow(/selfie-multiclass\.json/);
  });

  it("weigh at most 45 MB together", () => {
    const sizes = Object.keys(manifest).map((name) => readFileSync(path.join(modelsDir, name)).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(45e6);
  });

  it("have their origin and licence on record", () => {
    const notice = readFileSync(path.join(modelsDir, "NOTICE.md"), "utf8");
    for (const name of Object.keys(manifest)) expect(notice).toContain(name.replace(/\.\w+$/, ""));
  });
});
