import type { ComponentType } from "preact";
import type { Job, WidgetConfig } from "./api.ts";
import type { Texts } from "./languages/en.ts";
import type { Running } from "./session.ts";
import type { StepProps } from "./views/step-props.ts";

export type Step = "consent" | "photo" | "working" | "result" | "resting" | "removed";

interface Picture {
  blob: Blob;
  url: string;
}

/** Everything that the dialog shows. */
export interface State {
  step: Step;
  config: WidgetConfig | null;
  photo: Picture | null;
  /** the camera's view, while it is open */
  Camera: ComponentType<StepProps> | null;
  isChecking: boolean;
  /** a name of Texts */
  problem: keyof Texts | null;
  canSubmit: boolean;
  canReuse: boolean;
  remember: boolean;
  running: Running | null;
  job: Job | null;
  progress: number;
  /** when it should be done, in this device's milliseconds */
  due: number | null;
  result: Picture | null;
}

export const startState: State = {
  step: "consent",
  config: null,
  photo: null,
  Camera: null,
  isChecking: false,
  problem: null,
  canSubmit: false,
  canReuse: false,
  remember: false,
  running: null,
  job: null,
  progress: 0,
  due: null,
  result: null,
};

/** What the views may do. */
export interface Actions {
  agree(): void;
  choose(source: Blob): void;
  chooseModel(path: string): void;
  reuse(): void;
  openCamera(): void;
  closeCamera(): void;
  setRemember(value: boolean): void;
  /** Goes on after a problem that may pass by itself. */
  retry(): void;
  /** Another photo than the one that was chosen. */
  other(): void;
  submit(): void;
  cancel(): void;
  again(): void;
  remove(): void;
  download(): void;
  share(): void;
  addToCart(): void;
  close(): void;
  closed(): void;
  picture(path: string): Promise<string>;
}
