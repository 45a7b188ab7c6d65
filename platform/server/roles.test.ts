import { expect, test } from "vitest";
import { allRoles, readRoles, roleLimits } from "./roles.ts";

test("without --role, or with all, a process plays every role", () => {
  expect(readRoles([])).toEqual(allRoles);
  expect(readRoles(["--role", "all"])).toEqual(allRoles);
});

test("roles are a list, given at once or one by one", () => {
  expect(readRoles(["--role", "web,worker"])).toEqual(new Set(["web", "worker"]));
  expect(readRoles(["--role", "web", "--role=scheduler"])).toEqual(new Set(["web", "scheduler"]));
});

test.each([["cook"], ["web,"], ["all,web"], [""]])("--role %j is refused with the roles there are", (list) => {
  expect(() => readRoles(["--role", list])).toThrow(/web, worker, scheduler, webhooks/);
});

test("split roles are told what they lack, and one process lacks nothing", () => {
  const alone = { store: false, bus: false, objects: false };
  expect(roleLimits(allRoles, alone)).toEqual([]);
  const limits = roleLimits(new Set(["worker"]), alone);
  expect(limits.map((limit) => /MONGO_URL|REDIS_URL|S3_BUCKET/.exec(limit)?.[0])).toEqual([
    "MONGO_URL",
    "REDIS_URL",
    "S3_BUCKET",
  ]);
  expect(roleLimits(new Set(["worker"]), { store: true, bus: true, objects: true })).toEqual([]);
});
