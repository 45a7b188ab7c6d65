import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { dayName } from "../core/credits/day.ts";
import type { EventBus, Store } from "../core/ports.ts";

function createJobMetrics(registry: Registry) {
  const jobs = new Counter({
    name: "trailroom_jobs_ended_total",
    help: "Jobs by how they ended",
    labelNames: ["status", "code", "engine"],
    registers: [registry],
  });
  const jobSeconds = new Histogram({
    name: "trailroom_job_seconds",
    help: "Time of a completed job in its worker",
    labelNames: ["engine", "mode"],
    buckets: [0.5, 1, 2, 3, 5, 8, 15, 30, 60, 120, 180],
    registers: [registry],
  });
  const stageSeconds = new Histogram({
    name: "trailroom_job_stage_seconds",
    help: "Time of one stage of a job in the engine",
    labelNames: ["engine", "stage"],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60],
    registers: [registry],
  });
  const creditsUsed = new Counter({
    name: "trailroom_credits_used_total",
    help: "Credits of ended jobs, less what was given back",
    labelNames: ["mode"],
    registers: [registry],
  });
  return { jobs, jobSeconds, stageSeconds, creditsUsed };
}

/** What Prometheus reads; no label names an account. */
export function createMetrics({ store, events }: { store: Store; events: EventBus }) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "trailroom_http_request_seconds",
    help: "Time to answer, by route",
    labelNames: ["route", "method", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers: [registry],
  });
  const errors = new Counter({
    name: "trailroom_http_errors_total",
    help: "Errors of the API, refused photos and garments among them, by code",
    labelNames: ["route", "code"],
    registers: [registry],
  });
  const alerts = new Counter({
    name: "trailroom_alerts_total",
    help: "What an operator must hear of, by kind",
    labelNames: ["kind"],
    registers: [registry],
  });
  new Gauge({
    name: "trailroom_engine_cost_today_usd",
    help: "What the paid engine's calls cost since 00:00 UTC, those that are out at their estimate",
    registers: [registry],
    async collect() {
      const today = await store.engineCosts.find("openai", dayName(new Date()));
      this.set((today?.spent_micro_usd ?? 0) / 1e6);
    },
  });
  new Gauge({
    name: "trailroom_queue_jobs",
    help: "Jobs waiting and running",
    labelNames: ["status"],
    registers: [registry],
    async collect() {
      const counts = await store.tryOnJobs.countByStatus();
      this.set({ status: "queued" }, counts.queued);
      this.set({ status: "processing" }, counts.processing);
    },
  });
  new Gauge({
    name: "trailroom_event_listeners",
    help: "Open job streams and waits",
    registers: [registry],
    collect() {
      this.set(events.listenerCount());
    },
  });
  return { registry, requests, errors, alerts, ...createJobMetrics(registry) };
}

export type Metrics = ReturnType<typeof createMetrics>;
