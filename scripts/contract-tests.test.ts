import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
// @ts-expect-error plain JavaScript: the bootstrap runs before anything is installed
import { contractTests } from "./contract-tests.mjs";

const root = path.dirname(import.meta.dirname);
const files: string[] = contractTests();
const portOf = (file: string) => file.split("/")[2] ?? "";

test("store, queue, events, limits and objects have two implementations behind one contract suite each", () => {
  for (const port of ["store", "queue", "events", "limits", "objects"]) {
    expect([port, files.filter((file) => portOf(file) === port).length]).toEqual([port, 2]);
  }
});

test("every contract suite ends by asking whether it has called every method of its port", () => {
  const suites = globSync("platform/adapters/*/contract/describe-*.ts", { cwd: root });
  const asking = suites.filter((file) =>
    readFileSync(path.join(root, file), "utf8").includes("every method of the port has been called"),
  );
  expect(new Set(asking.map(portOf))).toEqual(new Set(suites.map(portOf)));
});
