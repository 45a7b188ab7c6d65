import { expect, test } from "vitest";
import { createExpiringCache } from "./expiring-cache.ts";

test("entries end after their time, and the one not used for longest goes first", () => {
  const cache = createExpiringCache<string>({ ttlMs: 100, maxEntries: 2 });
  cache.set("a", "A", 0);
  cache.set("b", "B", 10);
  expect(cache.get("a", 20)).toBe("A");
  cache.set("c", "C", 30);
  expect([cache.get("a", 40), cache.get("b", 40), cache.get("c", 40)]).toEqual(["A", undefined, "C"]);
  expect(cache.get("a", 100)).toBeUndefined();
});

test("together they weigh no more than the most; one that alone weighs more is not kept", () => {
  const cache = createExpiringCache<string>({
    ttlMs: 100,
    maxEntries: 9,
    weight: { most: 5, of: ({ length }) => length },
  });
  cache.set("a", "aa", 0);
  cache.set("b", "bbb", 0);
  expect([cache.get("a", 1), cache.get("b", 1)]).toEqual(["aa", "bbb"]);
  cache.set("c", "cc", 1);
  expect([cache.get("a", 2), cache.get("b", 2), cache.get("c", 2)]).toEqual([undefined, "bbb", "cc"]);
  cache.set("d", "dddddd", 2);
  expect(["b", "c", "d"].map((key) => cache.get(key, 3))).toEqual([undefined, undefined, undefined]);
});
