import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ObjectStore } from "../../../core/ports.ts";
import { recordCalls } from "../../../testing/record-calls.ts";

const bytes = (...values: number[]) => new Uint8Array(values);

/** An implementation may have more of its own, such as a close. */
const methodsOfPort: Record<keyof ObjectStore, true> = { put: true, get: true, delete: true, list: true, ping: true };

/** The contract of the ObjectStore port: every implementation passes exactly these. */
export function describeObjectStore(
  name: string,
  make: () => Promise<{ objects: ObjectStore; remove: () => Promise<void> }>,
) {
  describe(`object store contract: ${name}`, () => {
    let objects: ObjectStore;
    let uncalled: () => string[];
    let remove: () => Promise<void>;
    beforeAll(async () => {
      const made = await make();
      const recorded = recordCalls(made.objects);
      objects = recorded.target;
      uncalled = recorded.record.uncalled;
      remove = made.remove;
    });
    afterAll(() => remove());

    test("an object is read back as it was written, and a later write replaces it", async () => {
      const key = `jobs/${uuidv7()}/person.jpg`;
      expect(await objects.get(key)).toBeNull();
      await objects.put(key, bytes(1, 2, 3), "image/jpeg");
      await objects.put(key, bytes(4, 5), "image/jpeg");
      const found = await objects.get(key);
      expect(found?.contentType).toBe("image/jpeg");
      expect([...(found?.bytes ?? [])]).toEqual([4, 5]);
    });

    test("a deleted object is gone, and deleting it again is no fault", async () => {
      const [gone, kept] = ["person.jpg", "result.png"].map((file) => `jobs/${uuidv7()}/${file}`) as [string, string];
      await objects.put(gone, bytes(1), "image/jpeg");
      await objects.put(kept, bytes(2), "image/png");
      await objects.delete(gone);
      await objects.delete(gone);
      expect(await objects.get(gone)).toBeNull();
      expect((await objects.get(kept))?.contentType).toBe("image/png");
    });

    test("of 20 writes of one object at once one is there, whole", async () => {
      const key = `jobs/${uuidv7()}/result.webp`;
      const writes = Array.from({ length: 20 }, (_, index) => new Uint8Array(50_000).fill(index));
      await Promise.all(writes.map((one) => objects.put(key, one, "image/webp")));
      const found = (await objects.get(key))?.bytes ?? bytes();
      expect(found).toHaveLength(50_000);
      expect(new Set(found).size).toBe(1);
    });

    test("objects are listed under their prefix, in order, after a name, with the time of their writing", async () => {
      const folder = `listed-${uuidv7()}`;
      const keys = ["a", "b", "c"].map((file) => `${folder}/${file}/top.png`);
      for (const key of [...keys].reverse()) await objects.put(key, bytes(1), "image/png");
      const listed = await objects.list(`${folder}/`);
      expect(listed.map((one) => one.key)).toEqual(keys);
      expect(Math.abs(Date.now() - (listed[0]?.modifiedAt.getTime() ?? 0))).toBeLessThan(60_000);
      expect((await objects.list(`${folder}/`, keys[0])).map((one) => one.key)).toEqual(keys.slice(1));
      expect(await objects.list(`nowhere-${uuidv7()}/`)).toEqual([]);
    });

    test("more objects than a page holds are listed page by page, each once", async () => {
      const folder = `many-${uuidv7()}`;
      const keys = Array.from({ length: 1_003 }, (_, index) => `${folder}/${String(index).padStart(4, "0")}.jpg`);
      for (let i = 0; i < keys.length; i += 100) {
        await Promise.all(keys.slice(i, i + 100).map((key) => objects.put(key, bytes(1), "image/jpeg")));
      }
      const first = await objects.list(`${folder}/`);
      expect(first).toHaveLength(1_000);
      const second = await objects.list(`${folder}/`, first.at(-1)?.key);
      expect([...first, ...second].map(({ key }) => key)).toEqual(keys);
      expect(await objects.list(`${folder}/`, second.at(-1)?.key)).toEqual([]);
    });

    test.each(["../escape.jpg", "/etc/passwd", "jobs/../../x.jpg", "jobs/a b.jpg", "jobs/x.html", "", "jobs//x.jpg"])(
      "the name %j is refused",
      async (key) => {
        await expect(objects.put(key, bytes(1), "image/jpeg")).rejects.toMatchObject({ code: "internal" });
        await expect(objects.get(key)).rejects.toMatchObject({ code: "internal" });
        await expect(objects.delete(key)).rejects.toMatchObject({ code: "internal" });
      },
    );

    test("the store answers a ping", async () => {
      await objects.ping();
    });

    test("every method of the port has been called", () => {
      expect(uncalled().filter((name) => name in methodsOfPort)).toEqual([]);
    });
  });
}
