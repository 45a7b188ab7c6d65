// `npm run test:contracts`: every port's contract suite on each of its implementations, and a table of what was called.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { contractTests } from "./contract-tests.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { ensureMongo } from "./ensure-mongo.mjs";
import { ensureRedis } from "./ensure-redis.mjs";
import { node24, root, run } from "./run.mjs";

const allCalled = "every method of the port has been called";

/** By suite (`store contract: mongo`): tests passed and not, and whether all methods were called. */
function readSuites(report) {
  const suites = new Map();
  for (const { ancestorTitles, title, status } of report.testResults.flatMap((file) => file.assertionResults)) {
    const name = ancestorTitles.find((ancestor) => / contract: /.test(ancestor));
    if (!name) continue;
    const suite = suites.get(name) ?? { passed: 0, notPassed: 0, isWhole: false };
    if (status === "passed") suite.passed += 1;
    else suite.notPassed += 1;
    if (title === allCalled && status === "passed") suite.isWhole = true;
    suites.set(name, suite);
  }
  return suites;
}

await ensureInstalled();
if ((await run("turbo", ["run", "build", "--output-logs=errors-only"], { quiet: true })) !== 0) process.exit(1);
const redisPath = await ensureRedis();
const mongo = await ensureMongo();
const folder = mkdtempSync(path.join(tmpdir(), "trailroom-contracts-"));
let failed = 0;
try {
  const file = path.join(folder, "report.json");
  const vitest = path.join(root, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--reporter=dot", "--reporter=json", `--outputFile.json=${file}`, ...contractTests()];
  const servers = { MONGO_TEST_URL: mongo?.url ?? "", REDIS_SERVER_PATH: redisPath ?? "" };
  if ((await run(node24, args, { env: { NODE_ENV: "test", ...servers } })) !== 0) failed += 1;
  const suites = readSuites(JSON.parse(readFileSync(file, "utf8")));
  console.log("");
  for (const [name, { passed, notPassed, isWhole }] of [...suites].sort()) {
    const methods = isWhole ? "every method called" : "NOT every method called";
    console.log(`${name.padEnd(36)} ${passed} passed, ${notPassed} not, ${methods}`);
    if (!isWhole || notPassed > 0) failed += 1;
  }
  if (suites.size === 0) failed += 1;
} finally {
  mongo?.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);
