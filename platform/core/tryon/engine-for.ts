import type { JobKeyMode } from "../model.ts";
import type { TryOnDeps } from "./deps.ts";

type Engines = Pick<TryOnDeps, "engine" | "testEngine" | "previewEngine">;

/** The operator's engine; for test keys the one that costs nothing, for a merchant's own previews the local one. */
export function engineFor({ engine, testEngine, previewEngine }: Engines, keyMode: JobKeyMode) {
  const other = { live: null, test: testEngine, preview: previewEngine }[keyMode];
  return other ?? engine;
}
