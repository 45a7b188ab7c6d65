import type { Finding } from "./finding.ts";
import { doubtful, well, wrong } from "./finding.ts";

const noticedMs = 5_000;
const wrongMs = 60_000;
const remedy = "run an NTP client on every machine: leases, link lifetimes and signatures go by the clock";

/** How far another machine's clock is from ours, asked between two of our own readings. */
export function clockSkew(of: string, theirs: Date, before: Date, after: Date): Finding {
  const middle = (before.getTime() + after.getTime()) / 2;
  const skewMs = Math.abs(theirs.getTime() - middle);
  const text = `${(skewMs / 1000).toFixed(1)} s from that of ${of}`;
  if (skewMs > wrongMs) return wrong("clock", text, remedy);
  if (skewMs > noticedMs) return doubtful("clock", text, remedy);
  return well("clock", text);
}
