import type { TestContext } from "vitest";
import { describe, expect, test } from "vitest";
import { startCuttableProxy } from "../../../testing/cuttable-proxy.ts";
import { deferred } from "../../../testing/deferred.ts";
import { dropMongo, hasMongo, newMongoUrl } from "../../../testing/make-mongo-store.ts";
import { userRow } from "../../../testing/rows.ts";
import { createMongoStore } from "./create-mongo-store.ts";

const unavailable = { name: "AppError", code: "store_unavailable" };

/** a connection that fell silent is given up in its own time */
const closeMs = 30_000;

/** A store behind a connection that can be lost, with one account in it. */
async function behindProxy({ onTestFinished }: TestContext) {
  const url = newMongoUrl();
  const { port } = new URL(url.replace(/^mongodb:/, "http:"));
  const proxy = await startCuttableProxy(Number(port));
  const store = await createMongoStore({ url: url.replace(`:${port}/`, `:${proxy.port}/`), log: { info: () => {} } });
  onTestFinished(async () => {
    await store.close();
    await proxy.close();
    await dropMongo(url);
  }, closeMs);
  const user = userRow();
  await store.users.insert(user);
  return { store, proxy, user };
}

// side by side, each with a connection of its own: they wait for limits of ten seconds
describe.skipIf(!hasMongo()).concurrent("when the connection to MongoDB is lost", () => {
  test("every call is store_unavailable within 10 s, and all is well again once it is back", async (context) => {
    const { store, proxy, user } = await behindProxy(context);
    proxy.cut();
    const started = performance.now();
    await Promise.all([
      expect(store.ping()).rejects.toMatchObject(unavailable),
      expect(store.users.findById(user.id)).rejects.toMatchObject(unavailable),
      expect(store.users.update(user.id, { company: "lost" })).rejects.toMatchObject(unavailable),
      expect(store.transaction((tx) => tx.users.findById(user.id))).rejects.toMatchObject(unavailable),
    ]);
    expect(performance.now() - started).toBeLessThan(11_000);
    proxy.mend();
    await store.ping();
    expect(await store.transaction((tx) => tx.users.findById(user.id))).toEqual(user);
  });

  test("a connection cut in the middle of a transaction leaves nothing half done, and the transaction runs again", async (context) => {
    const { store, proxy, user } = await behindProxy(context);
    let runs = 0;
    await store.transaction(async (tx) => {
      runs += 1;
      await tx.users.update(user.id, { company: `run ${runs}` });
      if (runs === 1) {
        proxy.cut();
        proxy.mend();
      }
      await tx.users.update(user.id, { address: `run ${runs}` });
    });
    expect(runs).toBe(2);
    expect(await store.users.findById(user.id)).toMatchObject({ company: "run 2", address: "run 2" });
  });

  test("a transaction that goes on for more than 10 s is ended and undone", async (context) => {
    const { store, user } = await behindProxy(context);
    const told = deferred();
    const slow = store.transaction(async (tx) => {
      await tx.users.update(user.id, { company: "too slow" });
      await told.promise;
      await tx.users.update(user.id, { address: "too slow" });
    });
    await expect(slow).rejects.toMatchObject(unavailable);
    told.resolve();
    await context.expect
      .poll(async () => (await store.users.findById(user.id))?.company, { timeout: 5_000 })
      .toBe(user.company);
  });

  test("a server that falls silent is told as lost in bounded time", async (context) => {
    const { store, proxy } = await behindProxy(context);
    proxy.fallSilent();
    const started = performance.now();
    await expect(store.ping()).rejects.toMatchObject(unavailable);
    expect(performance.now() - started).toBeLessThan(20_000);
    proxy.mend();
    await context.expect.poll(() => store.ping().then(() => "up"), { timeout: 10_000 }).toBe("up");
  });
});
