import type { Services } from "./build-services.ts";

/** Runs queued jobs in this process; `stop` lets a job in hand finish, or hands it back when it takes too long. */
export async function startWorker(services: Services) {
  const { config, engine, queue, tryOns, store, metrics } = services;
  const shutdown = new AbortController();
  await engine.ready();
  queue.start(async (jobId) => {
    await tryOns.run(jobId, shutdown.signal);
    const job = await store.tryOnJobs.findById(jobId);
    if (!job || job.status === "queued" || job.status === "processing") return;
    metrics.jobs.inc({ status: job.status, code: job.error_code ?? "none", engine: job.engine });
    if (job.credits_used > 0) metrics.creditsUsed.inc({ mode: job.mode }, job.credits_used);
    if (job.processing_time_ms) {
      metrics.jobSeconds.observe({ engine: job.engine, mode: job.mode }, job.processing_time_ms / 1000);
    }
  }, engine.concurrency);
  return {
    stop: async () => {
      if (await queue.stop(config.drainMs)) return;
      shutdown.abort();
      await queue.stop(2_000);
    },
  };
}
