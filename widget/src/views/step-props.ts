import type { Actions, State } from "../flow-state.ts";
import type { Language } from "../language.ts";
import type { Texts } from "../languages/en.ts";

/** What the dialog gets, and hands to the view of its step. */
export interface DialogProps {
  state: State;
  actions: Actions;
  language: Language;
  canShare: boolean;
}

export type StepProps = DialogProps & { texts: Texts };
