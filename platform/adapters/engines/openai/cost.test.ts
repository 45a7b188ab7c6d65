import { expect, test } from "vitest";
import { modelRow } from "../../../testing/make-openai-try-ons.ts";
import { costOfUsage, estimateCost } from "./cost.ts";

const model = modelRow("gpt-image-2.6-flare");

test("the bill of a published 4K sample comes out at $0.413", () => {
  const usage = {
    input_tokens: 1678,
    input_tokens_details: { text_tokens: 228, image_tokens: 1450 },
    output_tokens: 13342,
    total_tokens: 15020,
  };
  expect(costOfUsage(model, usage)).toBe(413_000);
});

test("without the split the input counts as pictures, the dearer kind; without usage there is no cost to tell", () => {
  expect(costOfUsage(model, { input_tokens: 100, output_tokens: 10 })).toBe(100 * 8 + 10 * 30);
  expect(costOfUsage(model, undefined)).toBeNull();
  expect(costOfUsage(model, { input_tokens: -1, output_tokens: 1 })).toBeNull();
});

test("fractions of a micro-dollar are rounded up", () => {
  const cheap = modelRow("m", { price_usd_per_million_tokens: { text_in: 0.5, image_in: 0.1, image_out: 0.3 } });
  expect(costOfUsage(cheap, { input_tokens: 1, output_tokens: 1 })).toBe(1);
});

test("an estimate grows with the prompt and the pictures", () => {
  const plain = estimateCost(model, "", 2);
  expect(plain).toBe(2 * 1024 * 8 + 2700 * 30);
  expect(estimateCost(model, "x".repeat(300), 2)).toBe(plain + 100 * 5);
  expect(estimateCost(model, "", 3)).toBe(plain + 1024 * 8);
});
