import { expect, test } from "vitest";
import { keyProblem } from "../public/setup-page.js";
import { formatPrice } from "./format-price.ts";
import { publishableKeyPattern } from "./publishable-key.ts";

const letters = "0123456789abcdefghijABCDEFGHIJ01";
const problem = (key: string) => keyProblem(key, publishableKeyPattern.source);

test.each(["pk_live_", "pk_test_"])("the set-up page takes a key that starts with %s", (start) => {
  expect(problem(start + letters)).toBe("");
});

test.each([
  "",
  "pk_live_",
  `pk_live_${letters}x`,
  `pk_demo_${letters}`,
  `pk_live_${letters.slice(1)}-`,
  ` pk_live_${letters}`,
])("the set-up page refuses %o", (key) => {
  expect(problem(key)).toContain("not a publishable key");
});

test("a secret key is refused with the reason", () => {
  expect(problem(`sk_live_${letters}`)).toContain("secret key");
});

test("a price is shown in rupees", () => {
  expect(formatPrice(129_900)).toBe("₹1,299");
  expect(formatPrice(12_345_600)).toBe("₹1,23,456");
});
