import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { ApiEnv } from "../api/services.ts";
import { AppError, errorTable } from "../core/errors.ts";
import type { Services } from "./build-services.ts";
import { buildServices } from "./build-services.ts";
import { readConfig } from "./config.ts";
import { createHttp } from "./http.ts";
import { allRoles } from "./roles.ts";

const folder = mkdtempSync(path.join(tmpdir(), "trailroom-http-"));
const secret = "k1:Zp3vQ9sT1xLw8Rb5Yc2Nf7Hj4Kd6Gm0AqUeXo";
const metricsToken = "a-metrics-token-of-24-characters";
const logged: object[] = [];
let services: Services;
let app: Hono<ApiEnv>;

beforeAll(async () => {
  const config = readConfig({
    PUBLIC_URL: "https://try.example",
    DATA_DIR: folder,
    JWT_SECRET: secret,
    ENCRYPTION_KEYS: secret,
    METRICS_TOKEN: metricsToken,
    LOG_LEVEL: "silent",
  });
  services = await buildServices(config, allRoles);
  const log = { info: (fields: object) => logged.push(fields), warn: () => {}, error: () => {} };
  app = await createHttp(
    { ...services, log: { ...services.log, ...log } } as Services,
    "1.2.3",
    new AbortController().signal,
  );
});
afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = async (url: string, headers: Record<string, string> = {}) => app.request(url, { headers });
const policyOf = (answer: Response) => answer.headers.get("content-security-policy") ?? "";

describe("pages", () => {
  test.each(["/", "/docs/errors", "/api/v1/docs", "/no-such-page"])(
    "%s carries the security headers, and its policy lets no foreign script or frame in",
    async (url) => {
      const answer = await get(url);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        "x-request-id": expect.any(String),
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": expect.stringMatching(/^(no-referrer|strict-origin-when-cross-origin)$/),
        "strict-transport-security": expect.stringMatching(/^max-age=31536000/),
        "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
      });
      expect(policyOf(answer)).toMatch(/base-uri 'none'/);
      expect(policyOf(answer)).toMatch(/default-src '(none|self)'/);
      expect(policyOf(answer)).not.toMatch(/unsafe|https?:|\*/);
    },
  );

  test("the home page links docs and health, each with a nonce of its own", async () => {
    const answers = await Promise.all([get("/"), get("/")]);
    const [html] = await Promise.all(answers.map((answer) => answer.text()));
    for (const href of ["/api/v1/docs", "/docs/errors", "/readyz"]) expect(html).toContain(`href="${href}"`);
    const nonces = answers.map((answer) => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1]);
    expect(nonces[0]).not.toBe(nonces[1]);
    expect(html).toContain(`nonce="${nonces[0]}"`);
    expect((await get("/no-such-page")).status).toBe(404);
  });

  test("every code of the table has its place among the documented errors", async () => {
    const html = await (await get("/docs/errors")).text();
    for (const code of Object.keys(errorTable)) expect(html).toContain(`<tr id="${code}">`);
  });

  test("the API reference is served with all it needs, and an unknown file of it is 404 in the envelope", async () => {
    for (const file of ["swagger-ui-bundle.js", "swagger-ui.css", "start.js"]) {
      expect((await get(`/api/v1/docs/${file}`)).status).toBe(200);
    }
    const unknown = await get("/api/v1/docs/other.js");
    expect([unknown.status, (await unknown.json()).error.code]).toEqual([404, "not_found"]);
  });
});

describe("health", () => {
  test("healthz tells the version; readyz is red when the store or the pictures are lost, degraded without the engine", async () => {
    expect(await (await get("/healthz")).json()).toEqual({ ok: true, version: "1.2.3" });
    const ready = await get("/readyz");
    expect([ready.status, await ready.json()]).toEqual([
      200,
      expect.objectContaining({ ok: true, lost: [], degraded: [] }),
    ]);
    for (const [part, name] of [
      ["objects", "objects"],
      ["store", "store"],
    ] as const) {
      const lost = vi.spyOn(services[part], "ping").mockRejectedValue(new AppError("store_unavailable"));
      const http = await createHttp(services, "1.2.3", new AbortController().signal);
      const answer = await http.request("/readyz");
      lost.mockRestore();
      expect([answer.status, (await answer.json()).lost]).toEqual([503, [name]]);
    }
    const away = { ...services, engine: { ...services.engine, ready: () => Promise.reject(new Error("no model")) } };
    const answer = await (await createHttp(away, "1.2.3", new AbortController().signal)).request("/readyz");
    expect([answer.status, (await answer.json()).degraded]).toEqual([200, ["engine"]]);
  });

  test("metrics are read with their token alone, count by route, and name no account", async () => {
    expect((await get("/metrics")).status).toBe(401);
    expect((await get("/metrics", { authorization: "Bearer wrong" })).status).toBe(401);
    await get("/api/v1/tryon/some-job-id");
    await get("/some/page");
    const text = await (await get("/metrics", { authorization: `Bearer ${metricsToken}` })).text();
    for (const name of [
      "trailroom_http_request_seconds_bucket",
      "trailroom_http_errors_total",
      "trailroom_queue_jobs",
      "trailroom_jobs_ended_total",
      "trailroom_job_seconds",
      "trailroom_job_stage_seconds",
      "trailroom_event_listeners",
      "nodejs_eventloop_lag_seconds",
      "process_resident_memory_bytes",
    ]) {
      expect(text).toContain(name);
    }
    expect(text).toMatch(/route="\/api\/v1\/tryon\/:jobId",code="unauthenticated"/);
    expect(text).toContain('route="files and pages"');
    expect(text).not.toMatch(/some-job-id|some\/page/);
  });
});

test("an access line names request, route, status and time, and no address or key", async () => {
  logged.length = 0;
  const answer = await get("/api/v1/tryon/some-job-id?token=x", { "x-api-key": `sk_live_${"0".repeat(32)}` });
  const requestId = answer.headers.get("x-request-id");
  expect(logged).toEqual([
    {
      stream: "access",
      request_id: requestId,
      route: expect.any(String),
      method: "GET",
      status: 400,
      ms: expect.any(Number),
      code: "invalid_request",
    },
  ]);
  expect(JSON.stringify(logged)).not.toMatch(/some-job-id|sk_live/);
});
