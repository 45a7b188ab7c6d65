import { Hono } from "hono";
import type { KeptMail } from "../adapters/mail/outbox/create-outbox-mailer.ts";

const escapeHtml = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
const withLinks = (text: string) =>
  escapeHtml(text).replace(/https?:\/\/[^\s]+/g, (url) => `<a href="${url}">${url}</a>`);

const entry = ({ sentAt, to, subject, text }: KeptMail) =>
  `<article><h2>${escapeHtml(subject)}</h2><p>To ${escapeHtml(to.address)}, ${escapeHtml(sentAt)}</p><pre>${withLinks(text)}</pre></article>`;

const page = (mails: KeptMail[]) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Mail outbox</title><link rel="stylesheet" href="/dev/outbox.css"></head>
<body><main><h1>Mail outbox</h1><p>Development only: these mails went nowhere else. Newest first.</p>
${mails.map(entry).join("\n") || "<p>No mail yet.</p>"}</main></body></html>`;

const css =
  "body{font:1rem/1.5 system-ui,sans-serif;margin:0}main{max-width:48rem;margin:0 auto;padding:2rem 1rem}article{border-top:1px solid #8884;padding:1rem 0}h2{font-size:1.1rem;margin:0}p{margin:.25rem 0;opacity:.8}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}";
const policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The development outbox in the browser: /dev/outbox, and /dev/outbox.json for tests. Mounted in development alone. */
export function createDevOutbox({ list }: { list: () => KeptMail[] }) {
  const app = new Hono();
  app.get("/dev/outbox", (c) =>
    c.html(page(list()), 200, { "Content-Security-Policy": policy, "Cache-Control": "no-store" }),
  );
  app.get("/dev/outbox.json", (c) => c.json({ mails: list() }, 200, { "Cache-Control": "no-store" }));
  app.get("/dev/outbox.css", (c) => c.body(css, 200, { "Content-Type": "text/css; charset=utf-8" }));
  return app;
}
