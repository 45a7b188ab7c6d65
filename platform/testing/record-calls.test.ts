import { expect, test } from "vitest";
import { recordCalls } from "./record-calls.ts";

test("a method counts as called once it was, nested ones by their path, and answers as before", async () => {
  const port = { jobs: { find: async (id: string) => `job ${id}`, drop: async () => {} }, close: async () => {} };
  const { target, record } = recordCalls(port);
  expect(record.uncalled()).toEqual(["jobs.find", "jobs.drop", "close"]);
  expect(await target.jobs.find("1")).toBe("job 1");
  await target.close();
  expect(record.methods()).toEqual(["jobs.find", "jobs.drop", "close"]);
  expect(record.uncalled()).toEqual(["jobs.drop"]);
});

test("calls inside a transaction count for the same record", () => {
  const port = { jobs: { find: () => 1, drop: () => 2 } };
  const called = new Set<string>();
  const { record } = recordCalls(port, called);
  recordCalls(port, called).target.jobs.drop();
  expect(record.uncalled()).toEqual(["jobs.find"]);
});
