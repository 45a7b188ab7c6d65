import { afterEach, beforeEach, expect, test } from "vitest";
import { makeStore } from "../../testing/make-store.ts";
import { testTime } from "../../testing/rows.ts";
import type { Prompt } from "../model.ts";
import type { Store } from "../ports.ts";
import { composePrompt } from "./compose-prompt.ts";
import { seedPrompts } from "./seed-prompts.ts";
import { seededPrompts } from "./seeded-prompts.ts";

const types = ["system", "top_only", "full_outfit"] as const;

let store: Store;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ store, remove } = await makeStore());
});
afterEach(() => remove());

const active = (type: Prompt["type"]) => store.prompts.findActive(type);

test("a start on an empty table makes version 1 of each prompt, active, and ten starts at once make it once", async () => {
  await Promise.all(Array.from({ length: 10 }, () => seedPrompts(store, testTime)));
  const first = await Promise.all(types.map(active));
  expect(first.map((prompt) => prompt?.version)).toEqual([1, 1, 1]);
  expect(first.map((prompt) => prompt?.content)).toEqual(seededPrompts.map(({ content }) => content));
  await seedPrompts(store, testTime);
  expect(await Promise.all(types.map(active))).toEqual(first);
});

test.each([
  ["top", "top", { top: true, bottom: false }],
  ["full, bottom alone", "full", { top: false, bottom: true }],
  ["full, both", "full", { top: true, bottom: true }],
] as const)("the composed prompt is the stored one: %s", async (name, mode, garments) => {
  await seedPrompts(store, testTime);
  const { text, id, version } = await composePrompt(store, mode, garments);
  await expect(`${text}\n`).toMatchFileSnapshot(`./snapshots/${name.replaceAll(/\W+/g, "-")}.txt`);
  const row = await active(mode === "top" ? "top_only" : "full_outfit");
  expect({ id, version }).toEqual({ id: row?.id, version: 1 });
});

test("the active version is told and named, and an empty table tells the built-in text", async () => {
  const garments = { top: true, bottom: false };
  const builtIn = await composePrompt(store, "top", garments);
  expect(builtIn).toMatchObject({ id: null, version: null });
  await store.prompts.insert({
    id: "p2",
    name: "Top",
    type: "top_only",
    content: "Task: another wording.",
    version: 2,
    is_active: true,
    created_by: "admin",
    notes: null,
    activated_at: testTime,
    created_at: testTime,
  });
  const told = await composePrompt(store, "top", garments);
  expect(told).toMatchObject({ id: "p2", version: 2 });
  expect(told.text).toContain("Task: another wording.");
});

test("a prompt stays within what the image API takes", async () => {
  const { text } = await composePrompt(store, "full", { top: true, bottom: true });
  expect(text.length).toBeLessThan(8_000);
});
