// Builds dist/v1 (short-lived loader, hashed chunks) and dist/<version> (the same, fixed, with integrity hashes).
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import { rollup } from "rollup";
import esbuild from "rollup-plugin-esbuild";

const here = import.meta.dirname;
const { version } = JSON.parse(readFileSync(path.join(here, "package.json"), "utf8"));
const dist = path.join(here, "dist");
const folder = path.join(dist, "v1");

/** Elements are made by `h` itself: the automatic runtime would be a second way to make them, paid by every shopper. */
const classicJsx = {
  name: "classic-jsx",
  transform: (code: string, id: string) =>
    id.endsWith(".tsx") ? `import { h as __h, Fragment as __Fragment } from "preact";${code}` : null,
};

rmSync(dist, { recursive: true, force: true });
const bundle = await rollup({
  input: { trailroom: path.join(here, "src/loader.ts") },
  plugins: [
    nodeResolve({
      browser: true,
      extensions: [".ts", ".tsx", ".mjs", ".js"],
      exportConditions: ["production", "browser"],
    }),
    classicJsx,
    esbuild({
      target: "es2022",
      tsconfig: false,
      jsx: "transform",
      jsxFactory: "__h",
      jsxFragment: "__Fragment",
    }),
    terser({
      ecma: 2020,
      module: true,
      compress: { passes: 4, unsafe_arrows: true, pure_getters: true },
      mangle: { properties: { regex: /^_/ } },
    }),
  ],
});
await bundle.write({
  dir: folder,
  format: "es",
  entryFileNames: "[name].js",
  chunkFileNames: "[name]-[hash:8].js",
  compact: true,
});
await bundle.close();

const fixed = path.join(dist, version);
cpSync(folder, fixed, { recursive: true });
const integrity = Object.fromEntries(
  readdirSync(fixed).map((name) => [
    name,
    `sha384-${createHash("sha384")
      .update(readFileSync(path.join(fixed, name)))
      .digest("base64")}`,
  ]),
);
writeFileSync(path.join(fixed, "integrity.json"), `${JSON.stringify(integrity, null, 2)}\n`);
