import { expect, test } from "vitest";
import { createMemoryEventBus } from "./create-memory-event-bus.ts";

test("a listener hears its own job alone, until it leaves", () => {
  const bus = createMemoryEventBus();
  const heard: string[] = [];
  const leave = bus.subscribe("a", () => heard.push("a"));
  bus.subscribe("b", () => heard.push("b"));
  bus.publish("a");
  bus.publish("nobody");
  leave();
  leave();
  bus.publish("a");
  bus.publish("b");
  expect(heard).toEqual(["a", "b"]);
  expect(bus.listenerCount()).toBe(1);
});

test("after 1000 listeners have come and gone none is left", () => {
  const bus = createMemoryEventBus();
  const leaves = Array.from({ length: 1000 }, (_, index) => bus.subscribe(`job-${index % 3}`, () => {}));
  expect(bus.listenerCount()).toBe(1000);
  for (const leave of leaves) leave();
  expect(bus.listenerCount()).toBe(0);
});
