import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Context } from "hono";

const types: Record<string, string> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".jpg": "image/jpeg",
  ".svg": "image/svg+xml",
};

interface StaticFile {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
  etag: string;
}

/** Every file of the folder by its path on the shop, read once: the shop is small. */
function readFiles(folder: string): Map<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const type = types[path.extname(name)];
    if (!type) continue;
    const bytes = new Uint8Array(readFileSync(path.join(folder, name)));
    const etag = `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 22)}"`;
    files.set(`/${name.split(path.sep).join("/")}`, { bytes, type, etag });
  }
  return files;
}

/** Answers with a file of the folder (304 when the browser has it), or undefined when there is none. */
export function staticFiles(folder: string): (context: Context) => Response | undefined {
  const files = readFiles(folder);
  return (context) => {
    const file = files.get(context.req.path);
    if (!file) return undefined;
    const headers = {
      "content-type": file.type,
      "cache-control": file.type.startsWith("image/") ? "public, max-age=86400" : "public, max-age=0, must-revalidate",
      etag: file.etag,
    };
    const known = context.req.header("if-none-match")?.split(/\s*,\s*/);
    if (known?.includes(file.etag)) return context.body(null, 304, headers);
    return context.body(file.bytes, 200, { ...headers, "content-length": String(file.bytes.length) });
  };
}
