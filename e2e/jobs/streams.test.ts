import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterEach, expect, test } from "vitest";
import { createJobClient } from "./job-client.ts";
import type { Platform } from "./start-platform.ts";
import { freePort, startPlatform } from "./start-platform.ts";

const holdFile = path.join(import.meta.dirname, `.streams-hold-${process.pid}`);
let platform: Platform;
afterEach(async () => {
  rmSync(holdFile, { force: true });
  await platform.stop();
});

/** Has the process collect its garbage, by its inspector: what is left after that is held by something. */
async function collectGarbage(inspector: string) {
  const [target] = (await (await fetch(`http://${inspector}/json`)).json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(target?.webSocketDebuggerUrl ?? "");
  await once(socket, "open");
  socket.send(JSON.stringify({ id: 1, method: "HeapProfiler.collectGarbage" }));
  await once(socket, "message");
  socket.close();
}

/** Listeners, timers and memory as the process itself reports them. */
async function resources({ url, metricsToken }: Platform) {
  const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } });
  const text = await answer.text();
  const value = (line: RegExp) => Number(line.exec(text)?.[1] ?? 0);
  return {
    listeners: value(/^trailroom_event_listeners (\d+)/m),
    timers: value(/^nodejs_active_resources\{type="Timeout"\} (\d+)/m),
    heapMb: value(/^nodejs_heap_size_used_bytes (\d+)/m) / 1e6,
    rssMb: value(/^process_resident_memory_bytes (\d+)/m) / 1e6,
  };
}

test("1000 event streams that are opened and aborted leave listeners, timers and memory as they were", async () => {
  writeFileSync(holdFile, "");
  const inspector = `127.0.0.1:${await freePort()}`;
  platform = await startPlatform({ STUB_ENGINE_HOLD_FILE: holdFile, NODE_OPTIONS: `--inspect=${inspector}` });
  const client = createJobClient(platform);
  await platform.start();
  const { job_id } = await client.accepted();
  const follow = async () => {
    const gone = new AbortController();
    const { headers } = client;
    const answer = await fetch(`${platform.url}/api/v1/tryon/${job_id}/events`, { headers, signal: gone.signal });
    await answer.body?.getReader().read();
    gone.abort();
  };
  const open = async (count: number) => {
    for (let opened = 0; opened < count; opened += 50) await Promise.all(Array.from({ length: 50 }, follow));
    await expect.poll(async () => (await resources(platform)).listeners, { timeout: 10_000 }).toBe(0);
    await collectGarbage(inspector);
    return resources(platform);
  };
  // what is loaded and compiled once is no leak
  const before = await open(200);
  const after = await open(1000);
  expect(after.timers - before.timers).toBeLessThan(10);
  expect(after.heapMb).toBeLessThan(before.heapMb * 1.1);
  expect(after.rssMb).toBeLessThan(before.rssMb * 1.1);
});
