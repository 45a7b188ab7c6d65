import type { Job, WidgetConfig } from "./api.ts";
import type { Texts } from "./languages/en.ts";

export type Step = "consent" | "photo" | "working" | "result" | "resting" | "removed";

/** Everything that the dialog shows. */
export interface State {
  step: Step;
  config: WidgetConfig | null;
  photo: { blob: Blob; url: string } | null;
  isChecking: boolean;
  /** a name of Texts */
  problem: keyof Texts | null;
  canSubmit: boolean;
  canReuse: boolean;
  remember: boolean;
  job: Job | null;
  progress: number;
  etaS: number | null;
  result: { blob: Blob; url: string } | null;
}

export const startState: State = {
  step: "consent",
  config: null,
  photo: null,
  isChecking: false,
  problem: null,
  canSubmit: false,
  canReuse: false,
  remember: false,
  job: null,
  progress: 0,
  etaS: null,
  result: null,
};

/** What the views may do. */
export interface Actions {
  agree(): void;
  choose(source: Blob): void;
  chooseModel(path: string): void;
  reuse(): void;
  setRemember(value: boolean): void;
  submit(): void;
  cancel(): void;
  again(): void;
  remove(): void;
  download(): void;
  share(): void;
  addToCart(): void;
  close(): void;
  picture(path: string): Promise<string>;
}
