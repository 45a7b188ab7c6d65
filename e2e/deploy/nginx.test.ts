// The very nginx.conf of docker/, run by Debian's nginx before a real platform; only addresses and paths are put in.
import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { ClientHttp2Session } from "node:http2";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createJobClient } from "../jobs/job-client.ts";
import type { Platform } from "../jobs/start-platform.ts";
import { freePort, startPlatform } from "../jobs/start-platform.ts";
import { debianTool } from "../servers/debian-tool.ts";
import { readText } from "./repository.ts";

const nginx = debianTool("nginx", "nginx");
const openssl = debianTool("openssl", "openssl");
const needsNginx = test.skipIf(!(nginx && openssl) && process.env.CI !== "true");

const folder = mkdtempSync(path.join(tmpdir(), "trailroom-nginx-"));
const holdFile = path.join(folder, "hold");
let platform: Platform;
let child: ChildProcess | undefined;
let ports: { tls: number; plain: number };

/** A key and certificate of its own for 127.0.0.1. */
function makeCertificate() {
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2", "-nodes"];
  const files = ["-keyout", path.join(folder, "privkey.pem"), "-out", path.join(folder, "fullchain.pem")];
  execFileSync(openssl ?? "openssl", ["req", "-x509", "-newkey", "rsa:2048", ...subject, ...files], {
    stdio: "ignore",
  });
}

function writeSettings() {
  mkdirSync(path.join(folder, "tmp"));
  writeFileSync(path.join(folder, "mime.types"), "types { text/html html; }");
  const text = readText("docker/nginx/nginx.conf")
    .replaceAll("/tmp/", `${folder}/tmp/`)
    .replaceAll("/etc/nginx/tls/", `${folder}/`)
    .replace("/dev/stderr", path.join(folder, "error.log"))
    .replace("http://web:8001", platform.url)
    .replace("listen 8443", `listen 127.0.0.1:${ports.tls}`)
    .replace("listen 8080", `listen 127.0.0.1:${ports.plain}`);
  const file = path.join(folder, "nginx.conf");
  // as root its workers would be nobody, who may not enter the folder
  writeFileSync(file, process.getuid?.() === 0 ? `user root;\n${text}` : text);
  return file;
}

beforeAll(async () => {
  if (!nginx || !openssl) return;
  const env = { STUB_ENGINE_MS: "100", STUB_ENGINE_HOLD_FILE: holdFile, TRUST_PROXY: "1" };
  platform = await startPlatform({ ...env, LIMIT_REQUESTS_PER_MINUTE: "40" });
  await platform.start();
  ports = { tls: await freePort(), plain: await freePort() };
  makeCertificate();
  const file = writeSettings();
  execFileSync(nginx, ["-t", "-q", "-p", folder, "-c", file]);
  child = spawn(nginx, ["-p", folder, "-c", file, "-g", "daemon off;"], { stdio: "ignore" });
  await vi.waitUntil(
    () =>
      plain("/healthz").then(
        ({ status }) => status === 301,
        () => false,
      ),
    { timeout: 10_000 },
  );
});
afterAll(async () => {
  if (child) {
    child.kill("SIGQUIT");
    await once(child, "exit");
    await platform.stop();
  }
  rmSync(folder, { recursive: true });
});

const plain = (pathname: string) => fetch(`http://127.0.0.1:${ports.plain}${pathname}`, { redirect: "manual" });
const session = (): ClientHttp2Session => connect(`https://127.0.0.1:${ports.tls}`, { rejectUnauthorized: false });

/** One request over HTTP/2: its status, and its text as it comes. */
function request(client: ClientHttp2Session, pathname: string, headers: Record<string, string> = {}) {
  const stream = client.request({ ":path": pathname, ...headers });
  let text = "";
  stream.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  const status = once(stream, "response").then(([answer]) => Number(answer[":status"]));
  const ended = once(stream, "end").then(() => text);
  return { status, ended, soFar: () => text };
}

needsNginx(
  "HTTP/2 over TLS reaches the platform; plain HTTP is sent there; health and metrics stay inside",
  async () => {
    const client = session();
    expect(await request(client, "/healthz").status).toBe(200);
    expect(client.alpnProtocol).toBe("h2");
    for (const inside of ["/metrics", "/readyz"]) expect(await request(client, inside).status).toBe(404);
    const moved = await plain("/docs?x=1");
    expect([moved.status, moved.headers.get("location")]).toEqual([301, "https://127.0.0.1/docs?x=1"]);
    client.close();
  },
);

needsNginx("an event stream comes through event by event, while the job still runs", async () => {
  writeFileSync(holdFile, "");
  const { accepted, until, headers } = createJobClient(platform);
  const { job_id } = await accepted();
  const client = session();
  const stream = request(client, `/api/v1/tryon/${job_id}/events`, headers);
  expect(await stream.status).toBe(200);
  await until(job_id, (job) => job.stage === "fit");
  await expect.poll(stream.soFar, { timeout: 5_000 }).toContain('"stage":"fit"');
  rmSync(holdFile);
  expect(await stream.ended).toContain("event: completed");
  client.close();
});

needsNginx("a client cannot choose the address that its requests are counted by", async () => {
  const client = session();
  const statuses = [];
  for (let turn = 0; turn < 45; turn += 1) {
    const forged = { "x-forwarded-for": `198.51.100.${turn}`, "x-api-key": "sk_live_wrong" };
    statuses.push(await request(client, "/api/v1/credits", forged).status);
  }
  expect(statuses).toContain(429);
  client.close();
});
