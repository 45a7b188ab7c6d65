import { statfs } from "node:fs/promises";
import type { Registry } from "prom-client";
import { Gauge } from "prom-client";
import type { Store } from "../core/ports.ts";

/** Looked up at each scrape. What comes from the store is the same in every process: take the greatest, not the sum. */
export function addStoreGauges(registry: Registry, { store, dataDir }: { store: Store; dataDir: string }) {
  new Gauge({
    name: "trailroom_queue_oldest_seconds",
    help: "How long the oldest queued job has waited since it was accepted",
    registers: [registry],
    async collect() {
      const now = new Date();
      const [oldest] = await store.tryOnJobs.listStaleQueued(now, 1);
      this.set(oldest ? (now.getTime() - oldest.created_at.getTime()) / 1000 : 0);
    },
  });
  new Gauge({
    name: "trailroom_data_dir_free_bytes",
    help: "Free space where DATA_DIR lies",
    registers: [registry],
    async collect() {
      const { bavail, bsize } = await statfs(dataDir);
      this.set(bavail * bsize);
    },
  });
}
