import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { describeElement } from "../widget/scripts/describe-element.ts";

test("docs/widget.md says what the element's comments say", () => {
  expect(readFileSync(new URL("../docs/widget.md", import.meta.url), "utf8")).toBe(describeElement());
}, 30_000);
