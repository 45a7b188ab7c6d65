import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { RedisForTest } from "../../platform/testing/start-redis.ts";
import { hasRedis, startRedis } from "../../platform/testing/start-redis.ts";
import { createJobClient } from "../jobs/job-client.ts";
import type { Platform } from "../jobs/start-platform.ts";
import { startPlatform } from "../jobs/start-platform.ts";
import { debianTool } from "../servers/debian-tool.ts";
import { readText, root } from "./repository.ts";

interface Rule {
  alert: string;
  expr: string;
  labels: { severity: string };
  annotations: { summary: string };
}
interface Panel {
  title: string;
  targets?: { expr: string }[];
}

const promtool = debianTool("promtool", "prometheus");
const needsPromtool = test.skipIf(!promtool && process.env.CI !== "true");
const runPromtool = (...args: string[]) => {
  if (!promtool) throw new Error("promtool is not here, and Debian's package could not be fetched");
  return execFileSync(promtool, args, { cwd: path.join(root, "docker", "prometheus"), encoding: "utf8" });
};

const { groups } = parse(readText("docker/prometheus/alerts.yaml")) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(readText("docker/grafana/trailroom.json")) as { panels: Panel[] };
const queries = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** What an expression asks of Prometheus: its names less labels, functions and words of the language. */
function metricsIn(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"/g, "")
    .replace(/\{[^}]*\}/g, "")
    .replace(/\[[^\]]*\]/g, "")
    .replace(/\b(by|without)\s*\([^)]*\)/g, "")
    .replace(/\boffset\s+\w+/g, "");
  const names = [...bare.matchAll(/\b[a-z_][a-z0-9_]*\b(?!\s*\()/gi)].map(([name]) => name);
  return names.filter((name) => !["sum", "max", "and", "or", "unless", "e9"].includes(name));
}

let exported: Set<string>;
let platform: Platform;
let redis: RedisForTest | null;
beforeAll(async () => {
  redis = hasRedis ? await startRedis() : null;
  platform = await startPlatform({ STUB_ENGINE_MS: "20", ...(redis && { REDIS_URL: redis.url }) });
  await platform.start();
  const client = createJobClient(platform);
  const { job_id } = await client.accepted();
  await client.until(job_id, (job) => job.status === "completed");
  const answer = await fetch(`${platform.url}/metrics`, {
    headers: { authorization: `Bearer ${platform.metricsToken}` },
  });
  const types = [...(await answer.text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  const parts = (name = "", type = "") =>
    type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
  // without a Redis server on this machine its gauge is not there to be seen
  const unseen = redis ? [] : ["trailroom_redis_up"];
  exported = new Set(["up", ...unseen, ...types.flatMap(([, name, type]) => parts(name, type))]);
});
afterAll(async () => {
  await platform.stop();
  await redis?.remove();
});

test("the rules and the dashboard ask only for metrics that the platform exports", () => {
  const asked = new Set([...rules.map(({ expr }) => expr), ...queries].flatMap(metricsIn));
  expect(asked.size).toBeGreaterThan(10);
  expect([...asked].filter((name) => !exported.has(name))).toEqual([]);
});

test("every metric of ours is on the dashboard", () => {
  const shown = queries.join("\n");
  const ours = [...exported].filter((name) => name.startsWith("trailroom_") && !name.endsWith("_sum"));
  const isShown = (name: string) => shown.includes(name.replace(/_(bucket|count)$/, ""));
  expect(ours.filter((name) => !isShown(name))).toEqual([]);
});

test("there is a rule for everything that spec §7 alerts on, each with words, a severity and a remedy in the manual", () => {
  const names = rules.map(({ alert }) => alert);
  for (const needed of ["Down", "ErrorRate", "Slow", "PaymentFailures", "CreditBurn", "QueueOld", "EngineCostCap"]) {
    expect(names).toContain(`TrailRoom${needed}`);
  }
  const manual = readText("docs/operations.md");
  for (const { alert, labels, annotations } of rules) {
    expect(["page", "warn"]).toContain(labels.severity);
    expect(annotations.summary.length).toBeGreaterThan(20);
    expect(manual).toContain(`\`${alert.replace("TrailRoom", "")}\``);
  }
});

test("every rule is seen to fire by a test of the rules", () => {
  const tested = parse(readText("docker/prometheus/alerts.test.yaml")) as {
    tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
  };
  const fired = new Set(
    tested.tests.flatMap((one) =>
      one.alert_rule_test.filter((check) => check.exp_alerts.length > 0).map(({ alertname }) => alertname),
    ),
  );
  expect(rules.map(({ alert }) => alert).filter((alert) => !fired.has(alert))).toEqual([]);
});

needsPromtool("Prometheus's own tool finds the rules well formed, and they fire as their tests say", () => {
  expect(runPromtool("check", "rules", "alerts.yaml")).toContain(`${rules.length} rules found`);
  expect(runPromtool("test", "rules", "alerts.test.yaml")).toContain("SUCCESS");
});

needsPromtool("every query of the dashboard is PromQL", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "trailroom-promql-"));
  const file = path.join(folder, "queries.yaml");
  const asRules = queries.map((expr, index) => ({ record: `query:${index}`, expr }));
  writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules: asRules }] }));
  try {
    expect(runPromtool("check", "rules", file)).toContain(`${queries.length} rules found`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
