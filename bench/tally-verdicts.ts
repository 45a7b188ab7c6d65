// npm run bench:verdicts -- --table DIR/table.json [--verdicts bench/verdicts.json]
//   counts what somebody saw on the accepted plain pairs of a bench run, by kind and by half of the people
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Row } from "./engine-summary.ts";
import { tuningPeople } from "./engine-summary.ts";

interface Verdict {
  verdict: "good" | "usable" | "wrong";
  /** five words at most */
  flaw: string;
}

/** `verdicts` is keyed "<person file>+<garment file>". */
interface VerdictFile {
  verdicts: Record<string, Verdict>;
}

const share = (part: number, whole: number) => (whole ? Number((part / whole).toFixed(3)) : null);

function tally(rows: Row[], verdicts: VerdictFile["verdicts"]) {
  const accepted = rows.filter((row) => row.accepted);
  const counts = { good: 0, usable: 0, wrong: 0 };
  const unjudged: string[] = [];
  for (const { person, garment } of accepted) {
    const found = verdicts[`${person}+${garment}`];
    if (found) counts[found.verdict] += 1;
    else unjudged.push(`${person}+${garment}`);
  }
  const judged = accepted.length - unjudged.length;
  return {
    pairs: rows.length,
    accepted: accepted.length,
    acceptedShare: share(accepted.length, rows.length),
    ...counts,
    goodShare: share(counts.good, judged),
    goodOrUsableShare: share(counts.good + counts.usable, judged),
    unjudged,
  };
}

function countFlaws(rows: Row[], verdicts: VerdictFile["verdicts"]) {
  const flaws: Record<string, number> = {};
  for (const { person, garment } of rows) {
    const flaw = verdicts[`${person}+${garment}`]?.flaw;
    if (flaw) flaws[flaw] = (flaws[flaw] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(flaws).sort((a, b) => b[1] - a[1]));
}

const { values } = parseArgs({ options: { table: { type: "string" }, verdicts: { type: "string" } } });
if (!values.table) {
  console.error("usage: bench:verdicts -- --table DIR/table.json [--verdicts FILE]");
  process.exitCode = 2;
} else {
  const file = values.verdicts ?? path.join(import.meta.dirname, "verdicts.json");
  const { verdicts }: VerdictFile = JSON.parse(readFileSync(file, "utf8"));
  const rows: Row[] = JSON.parse(readFileSync(values.table, "utf8"));
  const plain = rows.filter((row) => row.personClass === "plain" && row.garmentClass === "plain");
  const halves = (role: Row["role"]) => {
    const ofRole = plain.filter((row) => row.role === role);
    return {
      all: tally(ofRole, verdicts),
      tuningHalf: tally(
        ofRole.filter((row) => tuningPeople.includes(row.person)),
        verdicts,
      ),
      otherHalf: tally(
        ofRole.filter((row) => !tuningPeople.includes(row.person)),
        verdicts,
      ),
    };
  };
  const rest = rows.filter((row) => !plain.includes(row));
  const result = {
    plainTops: halves("top"),
    plainBottoms: halves("bottom"),
    others: tally(rest, verdicts),
    flaws: countFlaws(plain, verdicts),
  };
  console.log(JSON.stringify(result, null, 1));
}
