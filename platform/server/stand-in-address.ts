import ipaddr from "ipaddr.js";

const ownRanges = new Set(["loopback", "unspecified", "linkLocal"]);

/** Whether an address is a stand-in's and no vendor's: this machine, a host that calls itself a sandbox, or no TLS. */
export function isStandInAddress(url: string): boolean {
  const { hostname, protocol } = new URL(url);
  const host = hostname
    .replace(/^\[|\]$/g, "")
    .replace(/\.$/, "")
    .toLowerCase();
  if (protocol !== "https:") return true;
  if (ipaddr.isValid(host)) return ownRanges.has(ipaddr.process(host).range());
  return host === "localhost" || host.endsWith(".localhost") || host.split(/[.-]/).includes("sandbox");
}
