import ipaddr from "ipaddr.js";

/** What limits count an address by: IPv4 whole, IPv6 by its /64 (one home or machine has many of those). */
export function ipBucket(ip: string): string {
  if (!ipaddr.isValid(ip)) return "unknown";
  const address = ipaddr.process(ip);
  if (address.kind() === "ipv4") return address.toString();
  const parts = (address as ipaddr.IPv6).parts.slice(0, 4).map((part) => part.toString(16));
  return `${parts.join(":")}::/64`;
}
