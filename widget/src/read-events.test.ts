import { expect, test } from "vitest";
import { readEvents } from "./read-events.ts";

const stream = (pieces: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });

async function collect(pieces: string[]) {
  const events = [];
  for await (const event of readEvents(stream(pieces))) events.push(event);
  return events;
}

test("events come out whole, however the bytes are cut", async () => {
  const text = 'event: progress\nid: 2\ndata: {"a":1}\n\n: still here\n\nevent: completed\r\nid: 3\r\ndata: {}\r\n\r\n';
  const whole = [
    { event: "progress", id: "2", data: '{"a":1}' },
    { event: "completed", id: "3", data: "{}" },
  ];
  expect(await collect([text])).toEqual(whole);
  expect(await collect([...text])).toEqual(whole);
});

test("an event that was cut off by the end is not an event", async () => {
  expect(await collect(["event: progress\ndata: {"])).toEqual([]);
});
