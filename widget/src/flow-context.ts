import type { Api } from "./api.ts";
import type { Product } from "./find-product.ts";
import type { State } from "./flow-state.ts";
import type { TrailroomTryon } from "./loader.ts";
import type { Running } from "./session.ts";

/** What the steps of one try-on share. */
export interface FlowContext {
  host: TrailroomTryon;
  api(): Api;
  product(): Product;
  state(): State;
  set(change: Partial<State>): void;
  /** Dispatches `trailroom:<name>`. */
  emit(name: string): void;
  /** Ends what was under way; the signal of what begins now. */
  begin(): AbortSignal;
  /** Notes the job for a reload of the page; null forgets it. */
  note(running: Running | null): void;
  fail(error: unknown): void;
  reset(): void;
}

/** A picture that the dialog can show. */
export const pictureOf = (blob: Blob) => ({ blob, url: URL.createObjectURL(blob) });

export const dropPicture = (picture: { url: string } | null) => {
  if (picture) URL.revokeObjectURL(picture.url);
};
