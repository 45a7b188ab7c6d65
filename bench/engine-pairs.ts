// Which files of two folders are tried on each other, by the labels.json beside or above them.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

interface Label {
  kind?: "top" | "bottom" | "dress" | "swimwear";
  class: "plain" | "hard" | "refuse";
  expect?: "accept" | "refuse" | "either";
  codes?: string[];
}

export interface Subject {
  name: string;
  file: string;
  label: Label | null;
}

export interface Pair {
  person: Subject;
  garment: Subject;
  role: "top" | "bottom";
}

interface Folders {
  people: string;
  garments: string | null;
  bottoms: string | null;
  /** parts of names, empty for all */
  only: string[];
}

const isPicture = (name: string) => /\.(jpe?g|png|webp|avif)$/i.test(name);

function readLabels(folder: string): Record<string, Record<string, Label>> | null {
  const file = [folder, path.dirname(path.resolve(folder))]
    .map((at) => path.join(at, "labels.json"))
    .find((candidate) => existsSync(candidate));
  return file ? JSON.parse(readFileSync(file, "utf8")) : null;
}

function listSubjects(folder: string, group: "people" | "garments"): Subject[] {
  const labels = readLabels(folder)?.[group];
  return readdirSync(folder)
    .filter(isPicture)
    .sort()
    .map((name) => ({ name, file: path.join(folder, name), label: labels?.[name] ?? null }));
}

const matches = (only: string[], names: string[]) =>
  only.length === 0 || names.some((name) => only.some((part) => name.includes(part)));

/** Every fitting pair, one garment after the other; `only` keeps people and garments by parts of their names ("person:tee", "garment:polo"). */
export function listPairs({ people, garments, bottoms, only }: Folders): Pair[] {
  const wanted = (prefix: string) =>
    only.filter((part) => part.startsWith(`${prefix}:`)).map((part) => part.slice(prefix.length + 1));
  const persons = listSubjects(people, "people").filter(({ name }) => matches(wanted("person"), [name]));
  const pieces = (folder: string | null, role: "top" | "bottom") =>
    (folder ? listSubjects(folder, "garments") : [])
      .filter(({ name, label }) => {
        // dresses and swimwear are tried as tops: what they must meet is a refusal
        const kind = label?.kind === "bottom" ? "bottom" : "top";
        return (!label?.kind || kind === role) && matches(wanted("garment"), [name]);
      })
      .map((garment) => ({ garment, role }));
  const worn = [...pieces(garments, "top"), ...pieces(bottoms, "bottom")];
  return worn.flatMap((piece) => persons.map((person) => ({ person, ...piece })));
}
