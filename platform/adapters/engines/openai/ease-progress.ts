import type { EngineHooks } from "../../../core/ports.ts";

const stepMs = 500;
/** after so long about two thirds of the way are shown */
const typicalMs = 12_000;
const from = 0.15;
const to = 0.92;

/** The vendor says nothing until the picture is there: progress goes on ever more slowly, and never arrives by itself. */
export function easeProgress(onStage: EngineHooks["onStage"]) {
  const startedAt = performance.now();
  const step = () => {
    const share = 1 - Math.exp(-(performance.now() - startedAt) / typicalMs);
    onStage("fit", from + (to - from) * share);
  };
  step();
  const timer = setInterval(step, stepMs);
  return { stop: () => clearInterval(timer) };
}
