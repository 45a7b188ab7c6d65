import { expect, test } from "vitest";
import texts from "./languages/en.ts";
import { mergeTexts, parseLook } from "./merchant-look.ts";

const english = { code: "en", dir: "ltr" as const, texts };

test("a merchant's texts replace ours, the page's language before the general one", () => {
  const own = { "en.cart": "Put in my bag", cart: "In den Korb", submit: " Zeig her ", "de.submit": "Los" };
  const { texts: merged } = mergeTexts(english, own);
  expect(merged.cart).toBe("Put in my bag");
  expect(merged.submit).toBe("Zeig her");
  expect(merged.upload).toBe(texts.upload);
});

test("consent, warnings and names that we do not know keep our words", () => {
  const own = {
    consentAdult: "Anyone may",
    preview: "A photograph",
    resting: "We are broke",
    constructor: "x",
    "en.__proto__": "x",
  };
  expect(mergeTexts(english, own)).toEqual(english);
});

test("a merchant's text is as long as a button can be, and never empty", () => {
  const { texts: merged } = mergeTexts(english, { cart: "x".repeat(500), again: "   " });
  expect(merged.cart).toHaveLength(120);
  expect(merged.again).toBe(texts.again);
});

test("look values are parsed: a colour with the ink that reads on it, a length, plain font names", () => {
  expect(parseLook({ accent: "#7c3aed", radius: "24", font: "Inter, sans-serif" })).toEqual({
    accent: "#7c3aed",
    on: "#fff",
    radius: "24px",
    font: "Inter, sans-serif",
  });
  expect(parseLook({ accent: "#fd0", radius: "99px" })).toEqual({ accent: "#ffdd00", on: "#000", radius: "32px" });
});

test.each<Record<string, string>>([
  { accent: "red;background:url(https://evil.example)" },
  { accent: "url(https://evil.example)" },
  { accent: "#12" },
  { accent: "#zzzzzz" },
  { accent: "var(--x)" },
  { radius: "calc(1px*9999)" },
  { radius: "-4" },
  { font: 'a"}dialog{display:none' },
  { font: "url(x)" },
])("%o is no look", (look) => {
  expect(parseLook(look)).toEqual({});
});
