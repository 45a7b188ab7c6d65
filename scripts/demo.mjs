// `npm run demo`: install, build, migrate, seed, serve the platform and the demo shop until Ctrl-C.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ensureInstalled } from "./ensure-installed.mjs";
import { freePort } from "./free-port.mjs";
import { childEnv, node24, root, run } from "./run.mjs";

const host = "127.0.0.1";
/** DEMO_DIR lets a test run a demo of its own beside the one that somebody looks at. */
const demoDir = process.env.DEMO_DIR;
const dataDir = demoDir ?? path.join(root, ".data", "demo");
const demoFile = path.join(demoDir ?? root, ".demo.json");

/** Raised for a shop that one person tries on one machine; printed, because production has lower ones. */
const limits = {
  LIMIT_SHOPPER_JOBS_PER_HOUR: "300",
  LIMIT_SHOPPER_JOBS_PER_DAY: "300",
  LIMIT_SHOPPER_ID_JOBS_PER_DAY: "300",
  LIMIT_REQUESTS_PER_MINUTE: "3000",
  LIMIT_CHECKS_PER_MINUTE: "300",
  LIMIT_SIGN_UPS_PER_DAY: "100",
  LIMIT_REGISTER_CALLS_PER_HOUR: "100",
  KEY_BUDGET_PER_DAY: "1000",
};

/** Secrets of this clone, made once. */
function secrets() {
  const file = path.join(dataDir, "secrets.json");
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (!existsSync(file)) {
    const random = () => randomBytes(32).toString("base64url");
    const made = { JWT_SECRET: `demo:${random()}`, ENCRYPTION_KEYS: `demo:${random()}`, METRICS_TOKEN: random() };
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  return JSON.parse(readFileSync(file, "utf8"));
}

const children = [];
let stopping = false;

/** Starts a server; when it ends by itself everything ends. */
function serve(name, script, env) {
  const child = spawn(node24, [script], { cwd: root, env: childEnv(env), stdio: ["ignore", "inherit", "inherit"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  children.push({ child, ended });
  ended.then((code) => {
    if (stopping) return;
    console.error(`The ${name} stopped by itself (exit code ${code}).`);
    void stop(1);
  });
}

async function stop(code) {
  if (stopping) return;
  stopping = true;
  for (const { child } of children) child.kill("SIGTERM");
  const force = setTimeout(() => children.map(({ child }) => child.kill("SIGKILL")), 35_000);
  await Promise.all(children.map(({ ended }) => ended));
  clearTimeout(force);
  process.exit(code);
}

async function untilReady(url, name) {
  for (let tries = 0; tries < 600 && !stopping; tries += 1) {
    const ok = await fetch(url).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  if (!stopping) {
    console.error(`The ${name} did not get ready within a minute.`);
    await stop(1);
  }
}

function tell(demo) {
  console.log(`
  Shop      ${demo.shopUrl}      open a product, tap "Try it on"
  Platform  ${demo.platformUrl}      home, API reference, health

  Demo merchant  ${demo.merchant.email}  (keys and passwords are in .demo.json, for this clone only)
  Mails          ${demo.platformUrl}/dev/outbox      what the platform would send
  Limits here    ${Object.entries(limits)
    .map(([name, value]) => `${name.toLowerCase().replace("limit_", "")} ${value}`)
    .join(", ")}

  Ctrl-C stops everything; the next start keeps the data.
`);
}

const started = Date.now();
process.on("SIGINT", () => void stop(0));
process.on("SIGTERM", () => void stop(0));

await ensureInstalled();
if ((await run("turbo", ["run", "build", "--output-logs=errors-only"], { quiet: true })) !== 0) process.exit(1);

const platformPort = await freePort(Number(process.env.PLATFORM_PORT ?? 8001), "platform");
const shopPort = await freePort(Number(process.env.SHOP_PORT ?? 3000), "shop");
const platformUrl = `http://${host}:${platformPort}`;
const shopUrl = `http://${host}:${shopPort}`;
const platformEnv = {
  ...secrets(),
  ...limits,
  NODE_ENV: "development",
  HOST: host,
  PORT: String(platformPort),
  PUBLIC_URL: platformUrl,
  DATA_DIR: dataDir,
  OUTBOUND_ALLOW_ORIGINS: shopUrl,
  SHOP_URL: shopUrl,
  LOG_LEVEL: process.env.LOG_LEVEL ?? "warn",
};
if ((await run(node24, ["platform/server/seed-demo.ts", demoFile], { env: platformEnv })) !== 0) process.exit(1);
const demo = JSON.parse(readFileSync(demoFile, "utf8"));
serve("platform", "platform/server/index.ts", platformEnv);
serve("shop", "demo-store/server.ts", {
  HOST: host,
  PORT: String(shopPort),
  PLATFORM_URL: platformUrl,
  PUBLISHABLE_KEY: demo.publishableKey,
});
await Promise.all([untilReady(`${platformUrl}/readyz`, "platform"), untilReady(shopUrl, "shop")]);
if (!stopping) {
  tell(demo);
  console.log(`  Ready after ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}
