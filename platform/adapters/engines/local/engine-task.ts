import type { MessagePort } from "node:worker_threads";
import type { GarmentAnalysis, PersonAnalysis } from "@trailroom/engine/types";
import type { TryOnMode } from "../../../core/model.ts";
import type { GarmentKind } from "../../../core/ports.ts";

/** What goes to a worker thread of the local engine, and what comes back: plain data only. */
export type EngineTask =
  | { kind: "check-person"; bytes: Uint8Array; mode: TryOnMode }
  | { kind: "check-garment"; bytes: Uint8Array; garment: GarmentKind }
  | {
      kind: "try-on";
      photo: Uint8Array;
      person: PersonAnalysis | undefined;
      top: GarmentTask | null;
      bottom: GarmentTask | null;
      stages: MessagePort;
    };

/** A garment's picture, and its analysis when that is at hand. */
export interface GarmentTask {
  bytes: Uint8Array;
  analysis: GarmentAnalysis | undefined;
}

/** A refusal is an answer, not an exception: an exception means that the engine itself is at fault. */
export type EngineAnswer =
  | { kind: "refused"; code: string; detail: string }
  | { kind: "person"; problems: string[]; analysis: PersonAnalysis | undefined }
  | { kind: "garment"; problems: string[]; analysis: GarmentAnalysis | undefined }
  | {
      kind: "picture";
      jpeg: Uint8Array;
      confidence: number;
      warnings: string[];
      garments: Record<GarmentKind, GarmentAnalysis | undefined>;
    };
