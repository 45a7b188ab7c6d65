import type { Clock } from "../../../core/ports.ts";

/** Stands open for a while after a fault that every call would meet: nobody is kept waiting, nothing is sent. */
export function createCircuit(clock: Clock, openMs: number) {
  let openUntil = 0;
  return {
    isOpen: () => clock.now().getTime() < openUntil,
    /** True when it was closed: that is what the operator is told. */
    open: () => {
      const now = clock.now().getTime();
      const wasClosed = now >= openUntil;
      openUntil = now + openMs;
      return wasClosed;
    },
  };
}

export type Circuit = ReturnType<typeof createCircuit>;
