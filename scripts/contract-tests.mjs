// Which test files run a contract suite: found by what they import, so that a new implementation is in at once.
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./run.mjs";

const importsContract = /from "[^"]*contract\/describe-/;

/** Paths from the project's root. */
export const contractTests = () =>
  globSync("platform/adapters/**/*.test.ts", { cwd: root }).filter((file) =>
    importsContract.test(readFileSync(path.join(root, file), "utf8")),
  );
