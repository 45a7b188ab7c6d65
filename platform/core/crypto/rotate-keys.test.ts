import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeStore } from "../../testing/make-store.ts";
import { testTime } from "../../testing/rows.ts";
import { runOnce } from "../idempotency/run-once.ts";
import { sealedFields } from "../model.ts";
import type { Store } from "../ports.ts";
import { createKeyRing } from "./key-ring.ts";
import { rotateKeys } from "./rotate-keys.ts";

const key = (kid: string) => ({ kid, secret: `${kid}-0123456789abcdefghijklmnopqrstuv` });
const [older, old, fresh] = [key("older"), key("old"), key("fresh")];
const pageSize = 10;
const many = 25;

let store: Store;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ store, remove } = await makeStore());
});
afterEach(() => remove());

const answer = (body: string) => ({ answer: { status: 202, headers: {}, body }, jobId: null });
/** Runs request `name` once, as a platform with this ring does. */
const once = (keys: (typeof old)[], name: string, body: string) =>
  runOnce(
    { store, clock: { now: () => testTime }, ring: createKeyRing(keys) },
    { scope: "s", key: name, inputHash: name },
    async () => answer(body),
  );
const seal = async (keys: (typeof old)[], names: string[]) => {
  for (const name of names) await once(keys, name, `body of ${name}`);
};
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}${index}`);

test("after a rotation every stored answer is read with the new key alone", async () => {
  await seal([old], names("a", many));
  await seal([older], ["b"]);
  await seal([fresh], ["c"]);

  const [rotation] = await rotateKeys(store, createKeyRing([fresh, old, older]), { pageSize });
  expect(rotation).toMatchObject({ resealed: many + 1, unreadable: 0 });
  for (const name of ["a0", `a${many - 1}`, "b", "c"]) {
    const replay = await once([fresh], name, "made anew");
    expect(replay).toMatchObject({ replayed: true, answer: { body: `body of ${name}` } });
  }
});

test("a run that was cut off is run again and does only what is left", async () => {
  await seal([old], names("a", many));
  const ring = createKeyRing([fresh, old]);
  let pages = 0;
  const cutOff = rotateKeys(store, ring, {
    pageSize,
    onProgress: () => {
      pages += 1;
      if (pages === 2) throw new Error("killed");
    },
  });
  await expect(cutOff).rejects.toThrow("killed");

  const [rest] = await rotateKeys(store, ring, { pageSize });
  expect(rest).toMatchObject({ resealed: many - 2 * pageSize, unreadable: 0 });
  expect((await rotateKeys(store, ring))[0]).toMatchObject({ resealed: 0 });
});

test("values whose key is gone are counted, left as they are, and keep nothing else back", async () => {
  await seal([older], names("lost", 12));
  await seal([old], names("a", 12));

  const [rotation] = await rotateKeys(store, createKeyRing([fresh, old]), { pageSize });
  expect(rotation).toMatchObject({ resealed: 12, unreadable: 12 });
  expect(await once([older], "lost0", "made anew")).toMatchObject({ replayed: true });
});

test("every field that the schema calls encrypted is rotated, in every store", async () => {
  const schema = readFileSync(new URL("../../../prisma/schema.prisma", import.meta.url), "utf8");
  const models = [...schema.matchAll(/^model (\w+) \{(.*?)^\}/gms)];
  const named = models.flatMap(([, model, fields]) =>
    [...(fields ?? "").matchAll(/^\s+(sealed_\w+)\s/gm)].map(([, field]) => `${model}.${field}`),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(sealedFields).toEqual(expect.arrayContaining(named));
  for (const field of sealedFields) {
    expect(await store.sealed.listNotUnder(field, "fresh", { skip: 0, limit: 1 })).toEqual([]);
  }
});
