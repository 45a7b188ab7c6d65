// What a bench run comes to: acceptance by class and half of the people, times, memory.
import type { Pair } from "./engine-pairs.ts";

/** The gate's thresholds are tuned on these people; all others only tell whether they hold. */
export const tuningPeople = [
  "man-full-body.jpg",
  "man-sleeveless-1.jpg",
  "woman-blouse.jpg",
  "woman-hand-on-hip.jpg",
  "woman-long-sleeve.jpg",
  "woman-tank-1.jpg",
];

export interface Row {
  person: string;
  garment: string;
  role: Pair["role"];
  /** by labels.json; null without one */
  personClass: string | null;
  garmentClass: string | null;
  accepted: boolean;
  code: string | null;
  detail: string;
  confidence: number | null;
  totalMs: number;
  stagesMs: Record<string, number>;
  gate: Record<string, number>;
  warnings: string[];
  rssMb: number;
}

const round = (value: number, digits = 0) => Number(value.toFixed(digits));

export function quantile(values: number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0);
}

const mean = (values: number[]) =>
  values.length ? round(values.reduce((sum, v) => sum + v, 0) / values.length, 1) : null;

function acceptance(rows: Row[]) {
  const codes: Record<string, number> = {};
  for (const { code } of rows) if (code) codes[code] = (codes[code] ?? 0) + 1;
  const accepted = rows.filter((row) => row.accepted).length;
  return { pairs: rows.length, accepted, share: rows.length ? round(accepted / rows.length, 3) : null, codes };
}

/** `rows[i]` is what came of `pairs[i]`. */
export function summarise(pairs: Pair[], rows: Row[], calibrationMs: number, load: number) {
  const isPlain = (k: number, role: Pair["role"]) =>
    pairs[k]!.role === role && pairs[k]!.person.label?.class === "plain" && pairs[k]!.garment.label?.class === "plain";
  const pick = (test: (k: number) => boolean) => rows.filter((_, k) => test(k));
  const isTuning = (k: number) => tuningPeople.includes(rows[k]!.person);
  const group = (role: Pair["role"]) => ({
    all: acceptance(pick((k) => isPlain(k, role))),
    tuningHalf: acceptance(pick((k) => isPlain(k, role) && isTuning(k))),
    otherHalf: acceptance(pick((k) => isPlain(k, role) && !isTuning(k))),
  });
  const wronglyAccepted = rows
    .filter((row, k) => row.accepted && pairs[k]!.person.label?.expect === "refuse")
    .map(({ person, garment }) => `${person} + ${garment}`);
  const times = rows.filter((row) => row.accepted).map((row) => row.totalMs);
  const rss = rows.map((row) => row.rssMb);
  return {
    pairs: acceptance(rows),
    plainTops: group("top"),
    plainBottoms: group("bottom"),
    crashes: rows.filter(({ code }) => code === "crash").map(({ person, garment }) => `${person} + ${garment}`),
    peopleToRefuseAccepted: wronglyAccepted,
    acceptedMs: { p50: quantile(times, 0.5), p95: quantile(times, 0.95) },
    calibrationInferenceMs: round(calibrationMs),
    loadAverageAtStart: round(load, 2),
    rssMb: { peak: Math.max(0, ...rss), jobs10to20: mean(rss.slice(10, 20)), jobs40to50: mean(rss.slice(40, 50)) },
  };
}
