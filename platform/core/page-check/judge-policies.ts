import type { Tag } from "./scan-tags.ts";

/** One Content-Security-Policy: the sources of each directive that it has. */
type Policy = Map<string, string[]>;

/** A directive as it should stand, and why. */
export interface PolicyMend {
  directive: string;
  /** the whole directive to put into the policy */
  value: string;
}

const parse = (policy: string): Policy => {
  const directives: Policy = new Map();
  for (const part of policy.split(";")) {
    const [name, ...sources] = part.trim().split(/\s+/);
    if (name && !directives.has(name.toLowerCase())) directives.set(name.toLowerCase(), sources);
  }
  return directives;
};

/** A header may carry several policies, by commas; every one of them must let us in. */
const split = (policies: string[]) => policies.flatMap((one) => one.split(",")).map(parse);

const hostForm = /^(?:([a-z][a-z\d+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*]+)(?::(\*|\d+))?(\/.*)?$/i;
const defaultPorts: Record<string, string> = { "http:": "80", "https:": "443" };

function isHostAllowed(source: string, url: URL, page: URL) {
  const [, scheme, host = "", port, path] = hostForm.exec(source) ?? [];
  if (!host) return false;
  const wanted = `${scheme ?? page.protocol.slice(0, -1)}:`.toLowerCase();
  // a source of http lets the same host in by https
  if (wanted !== url.protocol && !(wanted === "http:" && url.protocol === "https:")) return false;
  const name = host.toLowerCase();
  if (name !== "*" && !(name.startsWith("*.") ? url.hostname.endsWith(name.slice(1)) : url.hostname === name)) {
    return false;
  }
  const own = url.port || defaultPorts[url.protocol];
  if (port !== undefined ? port !== "*" && port !== own : name !== "*" && own !== defaultPorts[url.protocol])
    return false;
  return !path || path === "/" || (path.endsWith("/") ? url.pathname.startsWith(path) : url.pathname === path);
}

/** Whether a list of sources lets this address in (CSP 3, §6.7.2.7). */
function isAllowed(sources: string[], url: URL, page: URL) {
  return sources.some((source) => {
    const word = source.toLowerCase();
    if (word === "'self'") return url.origin === page.origin;
    if (word === "*") return url.protocol === "http:" || url.protocol === "https:";
    if (/^[a-z][a-z\d+.-]*:$/.test(word))
      return word === url.protocol || (word === "http:" && url.protocol === "https:");
    return !word.startsWith("'") && isHostAllowed(source, url, page);
  });
}

/** With strict-dynamic hosts count for nothing: the tag itself must be trusted, and what it loads is then. */
function isScriptAllowed(sources: string[], script: URL, tag: Tag | null, page: URL) {
  if (!sources.some((source) => source.toLowerCase() === "'strict-dynamic'")) return isAllowed(sources, script, page);
  const nonce = tag?.attributes.nonce;
  return Boolean(nonce) && sources.includes(`'nonce-${nonce}'`);
}

const added = (sources: string[], source: string) =>
  [...sources.filter((one) => one.toLowerCase() !== "'none'"), source].join(" ");

/** The first of these directives that the policy has, or null. */
const inForce = (policy: Policy, names: string[]) => {
  const name = names.find((one) => policy.has(one));
  return name === undefined ? null : { name, sources: policy.get(name) ?? [] };
};

/**
 * What a page's policies must say besides, for the widget: its script and chunks, its requests, its pictures as blobs.
 * Nothing else is needed.
 */
export function judgePolicies(policies: string[], script: URL, page: URL, tag: Tag | null): PolicyMend[] {
  const mends = new Map<string, PolicyMend>();
  const ask = (policy: Policy, names: string[], source: string, isOpen: (sources: string[]) => boolean) => {
    const found = inForce(policy, [...names, "default-src"]);
    if (!found || isOpen(found.sources)) return;
    const directive = found.name === "default-src" ? (names.at(-1) ?? "") : found.name;
    mends.set(directive, { directive, value: `${directive} ${added(found.sources, source)}` });
  };
  for (const policy of split(policies)) {
    const scripts = inForce(policy, ["script-src-elem", "script-src", "default-src"])?.sources ?? [];
    const isStrict = scripts.some((source) => source.toLowerCase() === "'strict-dynamic'");
    const nonce = scripts.find((source) => source.startsWith("'nonce-"));
    const missing = isStrict ? (nonce ?? "'nonce-…'") : script.origin;
    ask(policy, ["script-src-elem", "script-src"], missing, (sources) => isScriptAllowed(sources, script, tag, page));
    const request = new URL("/api/v1/tryon", script.origin);
    ask(policy, ["connect-src"], script.origin, (sources) => isAllowed(sources, request, page));
    ask(policy, ["img-src"], "blob:", (sources) => sources.some((source) => source.toLowerCase() === "blob:"));
  }
  return [...mends.values()];
}
