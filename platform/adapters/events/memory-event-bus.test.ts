import { expect, test } from "vitest";
import { describeEventBus } from "./contract/describe-event-bus.ts";
import { createMemoryEventBus } from "./create-memory-event-bus.ts";

describeEventBus("memory", async () => ({ bus: createMemoryEventBus(), remove: async () => {} }));

test("a bus of one process never claims to hear others", () => {
  expect(createMemoryEventBus().hearsOthers()).toBe(false);
});
