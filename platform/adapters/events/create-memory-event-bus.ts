import { EventEmitter } from "node:events";
import type { EventBus } from "../../core/ports.ts";

/** Tells listeners in this process that a job's row has changed. */
export function createMemoryEventBus(): EventBus {
  const emitter = new EventEmitter();
  emitter.setMaxListeners(0);
  let listeners = 0;
  return {
    publish: (jobId) => {
      emitter.emit(jobId);
    },
    subscribe: (jobId, listener) => {
      emitter.on(jobId, listener);
      listeners += 1;
      let subscribed = true;
      return () => {
        if (!subscribed) return;
        subscribed = false;
        listeners -= 1;
        emitter.off(jobId, listener);
      };
    },
    listenerCount: (jobId) => (jobId === undefined ? listeners : emitter.listenerCount(jobId)),
    hearsOthers: () => false,
  };
}
