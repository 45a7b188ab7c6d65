import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Hono } from "hono";
import type { ErrorRow } from "../core/errors.ts";
import { AppError, errorTable } from "../core/errors.ts";

const uiFolder = path.dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
const assets: Record<string, string> = {
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
};
const start = `window.addEventListener("load", () => SwaggerUIBundle({ url: "../openapi.json", dom_id: "#api", deepLinking: true }));`;
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>TrailRoom API</title><link rel="stylesheet" href="docs/swagger-ui.css"></head>
<body><div id="api"></div><script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script></body></html>`;

/** The API reference at /docs: the document beside it, shown by files of our own. */
export function createDocsPage() {
  const app = new Hono();
  app.get("/docs", (c) =>
    c.html(page.replaceAll('"docs/', `"${c.req.path}/`), 200, { "Content-Security-Policy": policy }),
  );
  app.get("/docs/start.js", (c) => {
    const address = `${c.req.path.replace(/docs\/start\.js$/, "")}openapi.json`;
    return c.body(start.replace("../openapi.json", address), 200, { "Content-Type": "text/javascript; charset=utf-8" });
  });
  app.get("/docs/:file", (c) => {
    const type = assets[c.req.param("file")];
    if (!type) throw new AppError("not_found");
    const bytes = new Uint8Array(readFileSync(path.join(uiFolder, c.req.param("file"))));
    return c.body(bytes, 200, { "Content-Type": type, "Cache-Control": "public, max-age=86400" });
  });
  return app;
}

const escapeHtml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** /docs/errors: every code of the table, with an anchor of its name. */
export function createErrorsPage() {
  const rows = Object.entries(errorTable).map(
    ([code, row]: [string, ErrorRow]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${row.jobOnly ? "in a job" : row.status}</td><td>${escapeHtml(row.message)} ${escapeHtml(row.hint ?? "")}</td><td>${row.retryable ? "yes" : "no"}</td></tr>`,
  );
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>TrailRoom error codes</title><link rel="stylesheet" href="/docs/errors.css"></head>
<body><main><h1>Error codes</h1><p>Every error has this shape: <code>{"error":{"code","message","details"?,"retryable","doc_url"},"request_id"}</code>. A failed job is not an HTTP error: it answers 200 with the code in <code>error.code</code>.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th><th>Try again?</th></tr></thead><tbody>${rows.join("\n")}</tbody></table></main></body></html>`;
  const css =
    "body{font:1rem/1.5 system-ui,sans-serif;margin:0}main{max-width:60rem;margin:0 auto;padding:2rem 1rem}table{border-collapse:collapse;width:100%}td,th{text-align:start;padding:.5rem;border-bottom:1px solid #8884;vertical-align:top}tr:target{background:#7fd0ab33}p code{overflow-wrap:anywhere}@media(max-width:40rem){td code{overflow-wrap:anywhere}}";
  const csp = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
  const app = new Hono();
  app.get("/docs/errors", (c) => c.html(html, 200, { "Content-Security-Policy": csp }));
  app.get("/docs/errors.css", (c) => c.body(css, 200, { "Content-Type": "text/css; charset=utf-8" }));
  return app;
}
