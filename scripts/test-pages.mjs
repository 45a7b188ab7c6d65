// `npm run test:pages`: of `npm test` only the pages: their flows in a browser, with scripts and without, their bars and their kept pictures.
import path from "node:path";
import { ensureChromium } from "./ensure-chromium.mjs";
import { ensureCurl } from "./ensure-curl.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { node24, root, run } from "./run.mjs";

await ensureInstalled();
const chromiumPath = await ensureChromium();
if (!chromiumPath) process.exit(1);
await ensureCurl();
const build = await run("turbo", ["run", "build", "--output-logs=errors-only"], { quiet: true });
const args = [path.join(root, "node_modules", "vitest", "vitest.mjs"), "run", "--project", "browser", "e2e/pages/"];
process.exitCode = build || (await run(node24, args, { env: { NODE_ENV: "test", CHROMIUM_PATH: chromiumPath } }));
