import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fillPackages } from "./fill-lock.mjs";

type Packages = Record<string, { version: string; optional?: boolean; os?: string[]; integrity?: string }>;
const read = (): Packages =>
  JSON.parse(readFileSync(new URL("../package-lock.json", import.meta.url), "utf8")).packages;

test("the lock file carries every platform's optional packages", () => {
  expect(fillPackages(read()).added).toBe(0);
});

test("entries that an install dropped come back as they were", () => {
  const packages = read();
  const dropped = Object.keys(packages).filter((place) => {
    const { optional, os, integrity } = packages[place] as Packages[string];
    return optional && os && !integrity;
  });
  expect(dropped.length).toBeGreaterThan(0);
  const left = Object.fromEntries(Object.entries(packages).filter(([place]) => !dropped.includes(place)));
  expect(fillPackages(left)).toEqual({ packages, added: dropped.length });
});

test("two versions of one parent each get their own platform package", () => {
  const packages = {
    "": {},
    "node_modules/esbuild": { version: "0.28.0", optionalDependencies: { "@esbuild/linux-arm64": "0.28.0" } },
    "node_modules/vite/node_modules/esbuild": {
      version: "0.25.1",
      dev: true,
      optionalDependencies: { "@esbuild/linux-arm64": "0.25.1" },
    },
  };
  expect(fillPackages(packages).packages).toMatchObject({
    "node_modules/@esbuild/linux-arm64": { version: "0.28.0", cpu: ["arm64"], os: ["linux"], optional: true },
    "node_modules/vite/node_modules/esbuild/node_modules/@esbuild/linux-arm64": { version: "0.25.1", dev: true },
  });
});
