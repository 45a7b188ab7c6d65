import { MongoClient } from "mongodb";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TryOnJob } from "../../../core/model.ts";
import type { JobCursor, JobFilter, Store } from "../../../core/ports.ts";
import { hasMongo, makeMongoStore } from "../../../testing/make-mongo-store.ts";
import { jobRow, testTime } from "../../../testing/rows.ts";
import { fillCollection } from "./fill-collection.ts";
import { tryOnJobModel } from "./try-on-job-model.ts";
import { createTryOnJobRepository } from "./try-on-jobs.ts";

const many = 20_000;
const few = 1_000;
const limit = 20;

interface Plan {
  "Node Type": string;
  "Index Name"?: string;
  Plans?: Plan[];
}
const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

/** An account's jobs, three to a moment; one in a hundred failed, one in fifty of mode full, in the oldest tenth only. */
function* jobsOf(user_id: string, count: number): Generator<TryOnJob> {
  for (let index = 0; index < count; index += 1) {
    const isOld = index < count / 10;
    yield jobRow(user_id, {
      created_at: new Date(testTime.getTime() + Math.floor(index / 3) * 1000),
      status: isOld && index % 100 === 0 ? "failed" : "completed",
      mode: isOld && index % 50 === 0 ? "full" : "top",
      product_id: isOld && index % 40 === 0 ? "rare" : "tee",
    });
  }
}

describe.skipIf(!hasMongo())("the history of an account with many jobs on MongoDB", () => {
  let store: Store;
  let url: string;
  let client: MongoClient;
  let remove = async () => {};
  const [big, small] = [uuidv7(), uuidv7()];

  beforeAll(async () => {
    ({ store, url, remove } = await makeMongoStore());
    client = new MongoClient(url);
    await fillCollection(client.db(), tryOnJobModel, jobsOf(small, few));
    await fillCollection(client.db(), tryOnJobModel, jobsOf(big, many));
  }, 120_000);
  afterAll(async () => {
    await client.close();
    await remove();
  });

  const filters: JobFilter[] = [
    { keyMode: "live" },
    { keyMode: "live", status: "failed" },
    { keyMode: "live", status: "cancelled" },
    { keyMode: "live", mode: "full" },
    { keyMode: "live", productId: "rare" },
    { keyMode: "test" },
  ];

  /** The median of 15: what one list costs. */
  async function timeOf(userId: string, filter: JobFilter, after?: JobCursor) {
    const times: number[] = [];
    for (let round = 0; round < 15; round += 1) {
      const started = performance.now();
      await store.tryOnJobs.list(userId, filter, { limit, after });
      times.push(performance.now() - started);
    }
    return times.sort((a, b) => a - b)[7] ?? 0;
  }

  test("every page goes by an index that has the order: nothing is sorted, nothing else is read", async () => {
    const seen: { command: Record<string, unknown> }[] = [];
    const spy = new MongoClient(url, { monitorCommands: true });
    spy.on("commandStarted", ({ commandName, command }) => {
      if (commandName === "find") seen.push({ command });
    });
    const repository = createTryOnJobRepository({ db: spy.db(), run: (statement) => statement(undefined) });
    const middle = { createdAt: new Date(testTime.getTime() + (many / 6) * 1000), id: "z" };
    for (const filter of filters) {
      await repository.list(big, filter, { limit });
      await repository.list(big, filter, { limit, after: middle });
    }
    expect(seen).toHaveLength(filters.length * 2);
    for (const { command } of seen) {
      const { find, filter, sort, limit: most, hint } = command;
      const answer = await spy.db().command({ explain: { find, filter, sort, limit: most, hint } });
      const { stage, postgres } = answer.queryPlanner.winningPlan as { stage: string; postgres?: Plan };
      // mongod tells stages, the test server PostgreSQL's plan
      const steps = postgres ? nodes(postgres).map((node) => node["Node Type"]) : [JSON.stringify(answer.queryPlanner)];
      expect(steps.join()).not.toMatch(/Sort|Seq Scan|Bitmap|"SORT"|COLLSCAN/);
      expect(postgres ? stage : steps.join()).toMatch(/IXSCAN/);
    }
    await spy.close();
  });

  test("its pages, filtered, empty or deep, cost no more than those of a small account", async () => {
    const page = await store.tryOnJobs.list(big, { keyMode: "live" }, { limit: 1, offset: 9_999 });
    const [deep] = page;
    // a few milliseconds are the noise of a busy machine; sorting the account would take tens
    const base = Math.max(5, await timeOf(small, { keyMode: "live" }));
    for (const filter of filters) expect(await timeOf(big, filter)).toBeLessThan(base * 3);
    const after = deep && { createdAt: deep.created_at, id: deep.id };
    expect(await timeOf(big, { keyMode: "live" }, after)).toBeLessThan(base * 3);
  });
});
