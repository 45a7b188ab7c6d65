import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EventBus } from "../../../core/ports.ts";
import { recordCalls } from "../../../testing/record-calls.ts";

/** The contract of the EventBus port: every implementation passes exactly these. */
export function describeEventBus(name: string, make: () => Promise<{ bus: EventBus; remove: () => Promise<void> }>) {
  describe(`event bus contract: ${name}`, () => {
    let bus: EventBus;
    let uncalled: () => string[];
    let remove: () => Promise<void>;
    beforeAll(async () => {
      const made = await make();
      const recorded = recordCalls(made.bus);
      bus = recorded.target;
      uncalled = recorded.record.uncalled;
      remove = made.remove;
    });
    afterAll(() => remove());

    test("a listener hears its own job alone, once per change, until it leaves", () => {
      const [a, b] = [uuidv7(), uuidv7()];
      const heard: string[] = [];
      const leaveA = bus.subscribe(a, () => heard.push("a"));
      const leaveB = bus.subscribe(b, () => heard.push("b"));
      bus.publish(a);
      bus.publish(uuidv7());
      leaveA();
      leaveA();
      bus.publish(a);
      bus.publish(b);
      expect(heard).toEqual(["a", "b"]);
      expect(bus.listenerCount()).toBe(1);
      expect([bus.listenerCount(a), bus.listenerCount(b)]).toEqual([0, 1]);
      leaveB();
    });

    test("every listener of a job hears a change", () => {
      const jobId = uuidv7();
      const heard: number[] = [];
      const leaves = [1, 2, 3].map((listener) => bus.subscribe(jobId, () => heard.push(listener)));
      bus.publish(jobId);
      expect(heard).toEqual([1, 2, 3]);
      for (const leave of leaves) leave();
    });

    test("after 1000 listeners have come and gone none is left", () => {
      const leaves = Array.from({ length: 1000 }, (_, index) => bus.subscribe(`job-${index % 3}`, () => {}));
      expect(bus.listenerCount()).toBe(1000);
      for (const leave of leaves) leave();
      expect(bus.listenerCount()).toBe(0);
    });

    test("it says whether it hears changes made in other processes", () => {
      expect([true, false]).toContain(bus.hearsOthers());
    });

    test("every method of the port has been called", () => {
      expect(uncalled()).toEqual([]);
    });
  });
}
