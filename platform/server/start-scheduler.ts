import { deleteOldRows } from "../core/auth/delete-old-rows.ts";
import { renewAllDue } from "../core/credits/renew-free-credits.ts";
import { sendDueMails } from "../core/mail/send-due-mails.ts";
import { sweepExpiredImages } from "../core/privacy/sweep-expired-images.ts";
import { enqueueWaiting } from "../core/tryon/enqueue-waiting.ts";
import { failStaleJobs, recoverExpiredLeases } from "../core/tryon/recover-jobs.ts";
import type { Services } from "./build-services.ts";

interface Chore {
  name: string;
  everyMs: number;
  act: (services: Services) => Promise<unknown>;
}

const chores: Chore[] = [
  { name: "recover-leases", everyMs: 2_000, act: recoverExpiredLeases },
  // an embedded queue finds them itself
  { name: "enqueue-waiting", everyMs: 5_000, act: async (services) => services.redis && enqueueWaiting(services) },
  { name: "fail-stale-jobs", everyMs: 10_000, act: failStaleJobs },
  { name: "retention", everyMs: 5 * 60_000, act: sweepExpiredImages },
  {
    name: "free-credits",
    everyMs: 60_000,
    act: ({ store, allowance, clock }) => renewAllDue(store, allowance, clock.now()),
  },
  { name: "model-end-of-life", everyMs: 24 * 60 * 60_000, act: async ({ engine }) => engine.checkModels?.() },
  {
    name: "idempotency",
    everyMs: 10 * 60_000,
    act: ({ store, clock }) => store.idempotency.deleteExpired(clock.now(), 1_000),
  },
  { name: "mails", everyMs: 2_000, act: sendMails },
  { name: "old-rows", everyMs: 10 * 60_000, act: deleteOldRows },
];

async function sendMails({ mailer, config, store, clock, log }: Services) {
  if (mailer) await sendDueMails({ mailer, publicUrl: config.publicUrl, store, clock, log });
}

/** Does each chore at start-up and then in its rhythm; each under a lease, so any number of schedulers may run. */
export function startScheduler(services: Services) {
  const { store, clock, holder, log } = services;
  const busy = new Map<string, Promise<void>>();

  const turn = async ({ name, everyMs, act }: Chore) => {
    const now = clock.now();
    // a little longer than the rhythm: the holder keeps its chore, and a dead one is replaced a turn later
    const until = new Date(now.getTime() + everyMs * 1.5 + 1_000);
    try {
      if (await store.leases.acquire(`chore:${name}`, holder, now, until)) await act(services);
    } catch (error) {
      log.warn({ chore: name, error: String(error) }, "chore failed");
    }
  };
  const start = (chore: Chore) => {
    if (busy.has(chore.name)) return;
    const run = turn(chore).finally(() => busy.delete(chore.name));
    busy.set(chore.name, run);
  };
  const timers = chores.map((chore) => setInterval(() => start(chore), chore.everyMs));
  for (const chore of chores) start(chore);

  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(busy.values());
      // a restart must not wait for a lease that nobody holds
      await Promise.all(chores.map(({ name }) => store.leases.release(`chore:${name}`, holder).catch(() => {})));
    },
  };
}
