import type { Size } from "./choose-size.ts";

/** Where the photo lies on the canvas that is sent: the rest is margin, there because the model offers few shapes. */
export interface Placement {
  canvas: Size;
  photo: Size;
  left: number;
  top: number;
}

/** What goes to the picture thread, and what comes back. */
export type PictureTask =
  | { kind: "place"; bytes: Uint8Array; sizes: string[] }
  | { kind: "finish"; bytes: Uint8Array; placement: Placement };

export type PictureAnswer =
  | { kind: "placed"; bytes: Uint8Array; size: string; placement: Placement }
  | { kind: "finished"; bytes: Uint8Array }
  | { kind: "unusable"; detail: string };
