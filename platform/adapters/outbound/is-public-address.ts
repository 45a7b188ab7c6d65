import ipaddr from "ipaddr.js";

/** Whether an address is one of the open internet: not private, loopback, link-local, metadata, multicast or reserved. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // process() unwraps IPv4 in IPv6; other embeddings (NAT64, 6to4, Teredo) are not "unicast" to it
  return ipaddr.process(address).range() === "unicast";
}
