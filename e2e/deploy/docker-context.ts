// What Docker would see and copy, worked out from .dockerignore and the Dockerfile: there is no Docker engine in the tests.
import { readText, repositoryFiles } from "./repository.ts";

/** One pattern of .dockerignore as Docker reads it: from the root, `*` within a name, `**` over folders, and all below a match. */
function toMatcher(pattern: string): (file: string) => boolean {
  const clean = pattern.replace(/^\/|\/$/g, "");
  const source = clean
    .split(/(\*\*\/|\*\*|\*|\?)/)
    .map((part) => {
      if (part === "**/") return "(?:.*/)?";
      if (part === "**") return ".*";
      if (part === "*") return "[^/]*";
      if (part === "?") return "[^/]";
      return part.replace(/[.+^${}()|[\]\\]/g, "\\$&");
    })
    .join("");
  const expression = new RegExp(`^${source}(?:/.*)?$`);
  return (file) => expression.test(file);
}

/** The files that `docker build .` sends: the last pattern that matches decides. */
export function buildContext(): string[] {
  const rules = readText(".dockerignore")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith("#"))
    .map((line) => ({ keeps: line.startsWith("!"), matches: toMatcher(line.replace(/^!/, "")) }));
  return repositoryFiles().filter((file) => rules.findLast(({ matches }) => matches(file))?.keeps ?? true);
}

interface Instruction {
  name: string;
  text: string;
}

export function readDockerfile(): Instruction[] {
  const joined = readText("docker/Dockerfile")
    .replace(/^\s*#.*\n/gm, "")
    .replace(/\\\n/g, " ");
  return joined
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      const [name = "", ...rest] = line.trim().split(/\s+/);
      return { name, text: rest.join(" ") };
    });
}

/** The instructions of the stage that ships. */
export function finalStage(): Instruction[] {
  const instructions = readDockerfile();
  return instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));
}

/** What the shipped stage takes from the build stage, as paths of the repository. */
const shippedPaths = () =>
  finalStage()
    .filter(({ name, text }) => name === "COPY" && text.startsWith("--from=build "))
    .map(({ text }) => text.split(" ")[1]?.replace(/^\/app\//, "") ?? "");

/** The repository's files that end up in the image; what is built or installed inside comes on top. */
export function imageFiles(): string[] {
  const shipped = shippedPaths();
  return buildContext().filter((file) => shipped.some((folder) => file === folder || file.startsWith(`${folder}/`)));
}

/** Whether a path that the build makes is taken along. */
export const isShipped = (file: string) =>
  shippedPaths().some((folder) => file === folder || file.startsWith(`${folder}/`));
