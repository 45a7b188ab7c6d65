// `npm test`: installs what is missing, then types, lint, structure, unit, integration and browser tests; one closing line.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureChromium } from "./ensure-chromium.mjs";
import { ensureCurl } from "./ensure-curl.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { ensureMongo } from "./ensure-mongo.mjs";
import { ensureRedis } from "./ensure-redis.mjs";
import { node24, root, run } from "./run.mjs";

/** Dozens of platforms are started: what one has compiled the next need not. */
const compileCache = path.join(root, "node_modules", ".cache", "compiled");
const tool = (file) => path.join(root, "node_modules", file);
const checks = [
  ["build", "turbo", ["run", "build", "--output-logs=errors-only"]],
  ["types", "turbo", ["run", "typecheck", "--output-logs=errors-only", "--concurrency=2"]],
  ["types of tests and benches", node24, [tool("typescript/bin/tsc"), "--noEmit", "-p", "e2e"]],
  ["lint, format, size limits", "biome", ["check", "."]],
  [
    "structure",
    node24,
    [
      tool("dependency-cruiser/bin/dependency-cruiser.mjs"),
      "platform",
      "widget/src",
      "demo-store",
      "prisma/src",
      "--output-type",
      "err",
    ],
  ],
  ["unused files, exports and packages", node24, [tool("knip/bin/knip.js"), "--no-progress"]],
];

async function runChecks() {
  let failed = 0;
  for (const [name, command, args] of checks) {
    const started = Date.now();
    const code = await run(command, args, { quiet: true });
    if (code !== 0) failed += 1;
    console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  }
  return { passed: checks.length - failed, failed, skipped: 0 };
}

async function runTests(servers) {
  const folder = mkdtempSync(path.join(tmpdir(), "trailroom-test-"));
  const report = path.join(folder, "report.json");
  const args = [tool("vitest/vitest.mjs"), "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`];
  const code = await run(node24, args, { env: { NODE_ENV: "test", NODE_COMPILE_CACHE: compileCache, ...servers } });
  try {
    const result = JSON.parse(readFileSync(report, "utf8"));
    // a file that could not even be loaded has no failed test of its own
    const brokenFiles = result.testResults.filter(
      (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
    ).length;
    const failed = result.numFailedTests + brokenFiles;
    return {
      passed: result.numPassedTests,
      failed: failed || (code === 0 ? 0 : 1),
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await ensureInstalled();
const chromiumPath = await ensureChromium();
await ensureCurl();
const redisPath = await ensureRedis();
const mongo = await ensureMongo();
const parts = [await runChecks()];
try {
  const servers = {
    CHROMIUM_PATH: chromiumPath ?? "",
    MONGO_TEST_URL: mongo?.url ?? "",
    REDIS_SERVER_PATH: redisPath ?? "",
  };
  parts.push(await runTests(servers));
} finally {
  mongo?.stop();
}
// on a build machine what was not tested has failed
if (!(mongo && redisPath) && process.env.CI === "true") parts.push({ passed: 0, failed: 1, skipped: 0 });
if (!chromiumPath) parts.push({ passed: 0, failed: 1, skipped: 0 });
const total = (key) => parts.reduce((sum, part) => sum + part[key], 0);
if (!process.env.TRAILROOM_PHOTOS) {
  console.log(
    "Not run: the engine's tests on the larger photo set (set TRAILROOM_PHOTOS to a folder of labelled photos).",
  );
}
const skipped = total("skipped");
console.log(`\n${total("passed")} passed, ${total("failed")} failed${skipped ? `, ${skipped} skipped` : ""}`);
process.exit(total("failed") ? 1 : 0);
