import type { KeyMode } from "../model.ts";
import type { TryOnDeps } from "./deps.ts";

/** The operator's engine; for test keys the one that costs nothing. */
export const engineFor = ({ engine, testEngine }: Pick<TryOnDeps, "engine" | "testEngine">, keyMode: KeyMode) =>
  keyMode === "test" ? (testEngine ?? engine) : engine;
