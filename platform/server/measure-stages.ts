import type { JobStage } from "../core/model.ts";
import type { Engine } from "../core/ports.ts";

/** An engine whose stages are timed: `observe` is told how long each one took, when the next begins or the run ends. */
export function measureStages<E extends Engine>(engine: E, observe: (stage: JobStage, seconds: number) => void): E {
  const run: Engine["run"] = async (input, hooks) => {
    let stage: JobStage | null = null;
    let began = performance.now();
    const turnTo = (next: JobStage | null) => {
      if (next === stage) return;
      const now = performance.now();
      if (stage) observe(stage, (now - began) / 1000);
      stage = next;
      began = now;
    };
    try {
      return await engine.run(input, {
        ...hooks,
        onStage: (next, progress) => {
          turnTo(next);
          hooks.onStage(next, progress);
        },
      });
    } finally {
      turnTo(null);
    }
  };
  return { ...engine, run };
}
