// `npm run lock:fill`: gives package-lock.json the entries of other platforms' optional packages that `npm install` left
// out because the registry lacked them. `npm ci` refuses a lock file without them. Changes nothing that is there.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./run.mjs";

/** How package names call a system, and what npm calls it. */
const systems = {
  ...Object.fromEntries(
    ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"].map((os) => [
      os,
      os,
    ]),
  ),
  linuxmusl: "linux",
  win: "win32",
  windows: "win32",
};
const processors = {
  ...Object.fromEntries(
    ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"].map((cpu) => [
      cpu,
      cpu,
    ]),
  ),
  64: "x64",
  armhf: "arm",
  armv6: "arm",
  armv7: "arm",
  ppc64le: "ppc64",
};
const libraries = {
  musl: "musl",
  linuxmusl: "musl",
  musleabihf: "musl",
  gnu: "glibc",
  glibc: "glibc",
  gnueabihf: "glibc",
};

const firstOf = (words, known) => words.map((word) => known[word]).find((value) => value !== undefined);

/** The entry of a package for another platform, as npm writes it, read off its name. */
function entryOf(name, version, isDev) {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  const [os, cpu, libc] = [systems, processors, libraries].map((known) => firstOf(words, known));
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(isDev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}

/** The places where Node would look for `name` from the package at `from`, nearest first. */
function* placesOf(from, name) {
  for (let at = from; at !== ""; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    yield `${at}/node_modules/${name}`;
  }
  yield `node_modules/${name}`;
}

/** The lock file's packages with every missing optional one, and how many were missing. */
export function fillPackages(packages) {
  const filled = { ...packages };
  let added = 0;
  for (const [from, parent] of Object.entries(packages)) {
    if (!from.includes("node_modules/")) continue;
    for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
      const version = range.replace(/^[\^~]/, "");
      const found = [...placesOf(from, name)].map((place) => filled[place]).find((entry) => entry !== undefined);
      // a range is met by whatever is there; an exact version by that one alone
      if (found && (found.version === version || !/^\d/.test(range))) continue;
      const place = found ? `${from}/node_modules/${name}` : `node_modules/${name}`;
      filled[place] = entryOf(name, version, parent.dev);
      added += 1;
    }
  }
  const byPath = ([a], [b]) => (a < b ? -1 : 1);
  return { packages: Object.fromEntries(Object.entries(filled).sort(byPath)), added };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = path.resolve(process.argv[2] ?? path.join(root, "package-lock.json"));
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const { packages, added } = fillPackages(lock.packages);
  if (added > 0) writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(added === 0 ? "The lock file is complete." : `${added} optional packages of other platforms added.`);
}
