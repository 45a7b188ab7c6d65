import { expect, test } from "vitest";
import { userRow } from "../../../testing/rows.ts";
import type { StoreKit } from "./store-kit.ts";
import { fifty } from "./store-kit.ts";

/** The contract of the Store port: the store as a whole: transactions, ping, close. */
export function describeWholeStore(kit: StoreKit) {
  test("a transaction that throws leaves nothing behind", async () => {
    const user = userRow();
    const failed = kit.store.transaction(async (tx) => {
      await tx.users.insert(user);
      throw new Error("stop");
    });
    await expect(failed).rejects.toThrow("stop");
    expect(await kit.store.users.findById(user.id)).toBeNull();
  });

  test("50 transactions at once that read, then write, all happen and lose no update", async () => {
    const { id } = await kit.newUser();
    await Promise.all(
      fifty.map(() =>
        kit.store.transaction(async (tx) => {
          const seen = await tx.users.findById(id);
          await tx.users.update(id, { company: String(Number(seen?.company ?? 0) + 1) });
        }),
      ),
    );
    expect((await kit.store.users.findById(id))?.company).toBe("50");
  });

  test("the store answers a ping; a closed one is unavailable", async () => {
    await kit.store.ping();
    const other = await kit.make();
    await other.store.close();
    const unavailable = { code: "store_unavailable" };
    await expect(other.store.ping()).rejects.toMatchObject(unavailable);
    await expect(other.store.users.findById("x")).rejects.toMatchObject(unavailable);
    await expect(other.store.transaction((tx) => tx.users.countDemo())).rejects.toMatchObject(unavailable);
    await other.remove();
  });
}
