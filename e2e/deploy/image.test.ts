import path from "node:path";
import { validate } from "dockerfile-utils";
import { expect, test } from "vitest";
import { buildContext, finalStage, imageFiles, isShipped, readDockerfile } from "./docker-context.ts";
import { readText } from "./repository.ts";

const notForProduction =
  /(^|\/)(sandbox|testing|contract|fixtures|e2e|bench|demo-store)\/|\.test\.tsx?$|seed-demo|(^|\/)\.env/;
const generated = "prisma/src/generated/";

/** The file behind an import of ours; null for a package. */
function resolveImport(from: string, name: string): string | null {
  if (name.startsWith(".")) return path.join(path.dirname(from), name);
  if (name === "@trailroom/db") return "prisma/src/index.ts";
  if (name.startsWith("@trailroom/db/")) return `prisma/src/${name.slice(14)}.ts`;
  if (name === "@trailroom/engine") return "platform/engine/src/index.ts";
  if (name.startsWith("@trailroom/engine/")) return `platform/engine/src/${name.slice(18)}.ts`;
  return null;
}

/** Every file that runs once these are started: imports that stay after types are gone, and worker modules. */
function reachableFrom(entries: string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file) || file.startsWith(generated)) return;
    seen.add(file);
    const code = readText(file);
    const imports = code.matchAll(/^(?:import|export) (?!type\b)[^;]*?from "([^"]+)";|import\("([^"]+)"\)/gms);
    const workers = code.matchAll(/new URL\("(\.[^"]+\.ts)", import\.meta\.url\)/g);
    for (const [, one, other] of [...imports, ...workers]) {
      const target = resolveImport(file, one ?? other ?? "");
      if (target) visit(target);
    }
  };
  for (const entry of entries) visit(entry);
  return seen;
}

test("the Dockerfile has no fault that a linter knows", () => {
  expect(validate(readText("docker/Dockerfile"))).toEqual([]);
});

test("every stage stands on a base of this file or one pinned by an exact version", () => {
  const stages = readDockerfile().filter(({ name }) => name === "FROM");
  const own = new Set(stages.map(({ text }) => text.split(" AS ")[1]));
  for (const { text } of stages) {
    const [base = ""] = text.split(" ");
    if (!own.has(base)) expect(base).toMatch(/:\d+\.\d+\.\d+/);
  }
  const { node } = JSON.parse(readText("package.json")).devDependencies;
  expect(stages[0]?.text).toContain(`node:${node}-`);
});

test("what ships runs as nobody special, starts without a shell, and tells its health", () => {
  const stage = finalStage();
  const textOf = (name: string) => stage.filter((one) => one.name === name).map(({ text }) => text);
  expect(textOf("USER")).toEqual(["node"]);
  expect(
    textOf("ENTRYPOINT")
      .concat(textOf("CMD"))
      .every((text) => text.startsWith("[")),
  ).toBe(true);
  expect(textOf("HEALTHCHECK").join()).toContain("/healthz");
  expect(textOf("ENV").join()).not.toMatch(/SECRET|TOKEN|KEY|PASSWORD/);
  // nothing is written to the image's own folders after the user is set
  expect(stage.slice(stage.findIndex(({ name }) => name === "USER")).some(({ name }) => name === "RUN")).toBe(false);
});

test("the image holds no sandbox, no test, no helper of tests and no demo", () => {
  const files = imageFiles();
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter((file) => notForProduction.test(file))).toEqual([]);
  expect(buildContext().filter((file) => notForProduction.test(file))).toEqual(["demo-store/package.json"]);
});

test("the image holds everything that the server and its tools import", () => {
  const files = new Set(imageFiles());
  const needed = reachableFrom([
    "platform/server/index.ts",
    "platform/server/rotate-keys.ts",
    "platform/server/doctor.ts",
  ]);
  expect(needed.size).toBeGreaterThan(100);
  expect([...needed].filter((file) => !files.has(file))).toEqual([]);
  for (const built of [generated, "platform/build/server/index.js", "widget/dist/trailroom.js"]) {
    expect(isShipped(built)).toBe(true);
  }
});

test("only packages that run are installed", () => {
  const install = readDockerfile().find(({ text }) => text.includes("--omit=dev"))?.text;
  expect(install).toContain("npm ci --omit=dev --ignore-scripts");
  expect(finalStage().filter(({ text }) => text.includes("node_modules"))).toEqual([
    { name: "COPY", text: "--from=dependencies /app/node_modules node_modules" },
  ]);
});
