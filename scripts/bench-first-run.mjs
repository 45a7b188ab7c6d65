// `npm run bench:first-run [-- --runs N]`: fresh clones with an empty npm cache, from `npm run demo` to the first finished try-on in
// Chromium, each followed by a warm start. Medians of 5 runs, with the calibration inference's time beside them.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { ensureChromium } from "./ensure-chromium.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { node24, root, run } from "./run.mjs";

const { values } = parseArgs({ options: { runs: { type: "string", default: "5" } } });
const bars = { firstResult: 300, warm: 10 };

/** Starts the demo; resolves with its seconds to ready and a way to stop it. */
function start(clone, env) {
  const began = Date.now();
  const child = spawn("npm", ["run", "demo"], {
    cwd: clone,
    env: { ...process.env, ...env, PLATFORM_PORT: "18501", SHOP_PORT: "18901" },
    detached: true,
  });
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (part) => {
      output += part;
      if (!output.includes("Ready after")) return;
      const stop = () =>
        new Promise((ended) => {
          child.once("close", ended);
          process.kill(-child.pid, "SIGINT");
        });
      resolve({ seconds: (Date.now() - began) / 1000, stop });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("close", () => reject(new Error(output)));
  });
}

async function tryOn(browser, demo) {
  const page = await browser.newPage();
  await page.goto(`${demo.shopUrl}/products/plain-tee`);
  await page.locator("trailroom-tryon").click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(demo.samplePhoto);
  await page.getByRole("button", { name: "See it on me" }).click({ timeout: 60_000 });
  await page.getByRole("slider").waitFor({ timeout: 60_000 });
  await page.close();
}

/** Seconds of one fresh clone, in a folder that is gone afterwards. */
async function measure(browser) {
  const folder = mkdtempSync(path.join(tmpdir(), "trailroom-first-run-"));
  const clone = path.join(folder, "clone");
  try {
    if ((await run("git", ["clone", "--quiet", root, clone])) !== 0) throw new Error("git clone failed");
    const began = Date.now();
    const first = await start(clone, { npm_config_cache: path.join(folder, "cache") });
    await tryOn(browser, JSON.parse(readFileSync(path.join(clone, ".demo.json"), "utf8")));
    const firstResult = (Date.now() - began) / 1000;
    await first.stop();
    const warm = await start(clone, {});
    await warm.stop();
    return { firstResult, ready: first.seconds, warm: warm.seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function calibrate() {
  const { status, stdout } = spawnSync(node24, [path.join(root, "bench", "calibration.ts")], { encoding: "utf8" });
  if (status !== 0) throw new Error("the calibration inference failed");
  return stdout.trim();
}

await ensureInstalled();
const executablePath = await ensureChromium();
const { chromium } = await import("playwright-core");
const browser = await chromium.launch({
  executablePath,
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  console.log(`calibration inference ${calibrate()} ms`);
  const runs = [];
  while (runs.length < Number(values.runs)) {
    const seen = await measure(browser);
    runs.push(seen);
    console.log(
      Object.entries(seen)
        .map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`)
        .join(", "),
    );
  }
  const median = (name) => runs.map((seen) => seen[name]).toSorted((a, b) => a - b)[runs.length >> 1];
  console.log(
    `medians of ${runs.length}: first finished try-on after ${median("firstResult").toFixed(1)} s (bar ${bars.firstResult} s), of which ready after ${median("ready").toFixed(1)} s; warm start ready after ${median("warm").toFixed(1)} s (bar ${bars.warm} s)`,
  );
  process.exitCode = median("firstResult") <= bars.firstResult && median("warm") <= bars.warm ? 0 : 1;
} finally {
  await browser.close();
}
