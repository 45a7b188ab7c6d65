import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPageFetcher } from "./create-page-fetcher.ts";

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const html = { "content-type": "text/html; charset=utf-8" };
    if (request.url === "/page") {
      response.setHeader("content-security-policy", ["default-src 'self'", "img-src *"]);
      response.writeHead(200, html).end("<p>é</p>");
    } else if (request.url === "/moved") response.writeHead(301, { location: "/page" }).end();
    else if (request.url === "/gone") response.writeHead(404, html).end("gone");
    else if (request.url === "/long") response.writeHead(200, html).end("x".repeat(5_000_000));
    else if (request.url === "/data") response.writeHead(200, { "content-type": "application/json" }).end("{}");
    else if (request.url === "/inside") response.writeHead(302, { location: "http://169.254.169.254/latest" }).end();
    // anything else is never answered
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function open(path: string, over = {}) {
  const settings = { httpsOnly: false, maxBytes: 1_000, timeoutMs: 400, refusalMs: 60 };
  const fetcher = createPageFetcher({ allowOrigins: [origin], ...settings, ...over });
  const started = performance.now();
  const page = await fetcher.fetch(URL.canParse(path) ? path : origin + path);
  await fetcher.close();
  return { page, ms: performance.now() - started };
}

test("a page comes with its final address, status and every policy", async () => {
  expect((await open("/moved")).page).toEqual({
    url: `${origin}/page`,
    status: 200,
    isHtml: true,
    policies: ["default-src 'self'", "img-src *"],
    html: "<p>é</p>",
  });
  expect((await open("/gone")).page).toMatchObject({ status: 404 });
  expect((await open("/data")).page).toMatchObject({ isHtml: false });
});

test("of a long page the beginning is read", async () => {
  expect((await open("/long")).page?.html).toHaveLength(1_000);
});

test("refused and unreachable addresses look and last alike", async () => {
  const outcomes = [
    await open("http://169.254.169.254/latest"),
    await open(`${origin}/page`, { allowOrigins: [] }),
    await open("http://rebound.example/", { resolve: async () => [{ address: "10.0.0.1", family: 4 }] }),
    await open("/inside"),
    await open("file:///etc/passwd"),
    await open("/never"),
  ];
  expect(outcomes.map(({ page }) => page)).toEqual(outcomes.map(() => null));
  expect(outcomes.every(({ ms }) => ms >= 55 && ms < 2_000)).toBe(true);
});
