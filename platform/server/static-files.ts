import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync, constants as zlib } from "node:zlib";
import { Hono } from "hono";

interface StaticFile {
  type: string;
  etag: string;
  cache: string;
  body: Uint8Array<ArrayBuffer>;
  br: Uint8Array<ArrayBuffer> | null;
  gzip: Uint8Array<ArrayBuffer> | null;
}

const types: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".jpg": "image/jpeg",
  ".avif": "image/avif",
  ".svg": "image/svg+xml",
  ".md": "text/plain; charset=utf-8",
  ".map": "application/json",
};
const immutable = "public, max-age=31536000, immutable";
const hashed = /-[A-Za-z0-9_-]{8}\.\w+$/;

function loadFile(file: string, cache: string): StaticFile {
  const body = new Uint8Array(readFileSync(file));
  const type = types[path.extname(file)] ?? "application/octet-stream";
  const isText = !type.startsWith("image/");
  const options = { params: { [zlib.BROTLI_PARAM_QUALITY]: zlib.BROTLI_MAX_QUALITY } };
  // the pages' own are compressed when they are built
  const packed = (ending: string, pack: () => Buffer) =>
    isText ? new Uint8Array(existsSync(file + ending) ? readFileSync(file + ending) : pack()) : null;
  return {
    type,
    cache,
    body,
    etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`,
    br: packed(".br", () => brotliCompressSync(body, options)),
    gzip: packed(".gz", () => gzipSync(body)),
  };
}

/** Files of one folder by their path below it: read once, at start, and compressed where they are not yet. */
function loadFolder(folder: string, cacheOf: (name: string) => string): Map<string, StaticFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz)$/.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"));
  return new Map(names.map((name) => [`/${name}`, loadFile(path.join(folder, name), cacheOf(name))]));
}

/** The widget (dist/…), the sample people (public/…) and the pages' assets. Anybody may load the first two, from any page. */
export function createStaticFiles(folders: { widget: string; shared: string; pages: string }) {
  const open = new Map([
    ...loadFolder(folders.shared, () => "public, max-age=86400"),
    ...loadFolder(folders.widget, (name) =>
      hashed.test(name) || !name.startsWith("v1/") ? immutable : "public, max-age=300",
    ),
  ]);
  const own = loadFolder(folders.pages, (name) => (name.startsWith("assets/") ? immutable : "public, max-age=3600"));
  const app = new Hono();
  app.get("*", async (c, next) => {
    const file = open.get(c.req.path) ?? own.get(c.req.path);
    if (!file) return next();
    const headers: Record<string, string> = { ETag: file.etag, "Cache-Control": file.cache, Vary: "Accept-Encoding" };
    headers["X-Content-Type-Options"] = "nosniff";
    if (open.has(c.req.path)) {
      headers["Access-Control-Allow-Origin"] = "*";
      headers["Cross-Origin-Resource-Policy"] = "cross-origin";
    }
    if (c.req.header("if-none-match") === file.etag) return c.body(null, 304, headers);
    headers["Content-Type"] = file.type;
    const accepted = c.req.header("accept-encoding") ?? "";
    if (file.br && accepted.includes("br")) return c.body(file.br, 200, { ...headers, "Content-Encoding": "br" });
    if (file.gzip && accepted.includes("gzip"))
      return c.body(file.gzip, 200, { ...headers, "Content-Encoding": "gzip" });
    return c.body(file.body, 200, headers);
  });
  return app;
}
