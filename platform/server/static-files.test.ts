import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { createStaticFiles } from "./static-files.ts";

const root = path.join(import.meta.dirname, "..", "..");
const dist = path.join(root, "widget", "dist");
const { version } = JSON.parse(readFileSync(path.join(root, "widget", "package.json"), "utf8"));
const files = createStaticFiles({
  widget: dist,
  shared: path.join(root, "platform", "public"),
  pages: path.join(root, "no-such-folder"),
});
const get = (address: string, headers: Record<string, string> = {}) => files.request(address, { headers });
const built = readdirSync(path.join(dist, "v1"));

test("the loader is cached for five minutes and asked for again by its ETag; any page may load it", async () => {
  const answer = await get("/v1/trailroom.js", { "accept-encoding": "br" });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("public, max-age=300");
  expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect(bytes.length).toBeLessThan(1000);
  expect(brotliDecompressSync(bytes)).toEqual(readFileSync(path.join(dist, "v1", "trailroom.js")));
  const etag = answer.headers.get("etag") ?? "";
  const again = await get("/v1/trailroom.js", { "if-none-match": etag });
  expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
});

test("every chunk is named by its content and never asked for twice", async () => {
  const chunks = built.filter((name) => name !== "trailroom.js");
  expect(chunks.length).toBeGreaterThanOrEqual(7);
  for (const name of chunks) {
    expect(name).toMatch(/^[a-z-]+-[A-Za-z0-9_-]{8}\.js$/);
    expect((await get(`/v1/${name}`)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  }
});

test("the versioned path is the same, fixed, with the hash of each file for `integrity`", async () => {
  const integrity = await (await get(`/${version}/integrity.json`)).json();
  expect(Object.keys(integrity).sort()).toEqual([...built].sort());
  for (const [name, hash] of Object.entries(integrity)) {
    const answer = await get(`/${version}/${name}`);
    expect(answer.headers.get("cache-control")).toContain("immutable");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(`sha384-${createHash("sha384").update(bytes).digest("base64")}`).toBe(hash);
  }
});
