import { Icon } from "./icon.tsx";
import type { StepProps } from "./step-props.ts";

/** The end of a way: all deleted, or try-on rests. */
export function Notice({ state, actions, texts }: StepProps) {
  const isRemoved = state.step === "removed";
  return (
    <div class="notice">
      <Icon name={isRemoved ? "done" : "moon"} />
      <p role="status">{isRemoved ? texts.removed : texts.resting}</p>
      <button type="button" class="main" onClick={isRemoved ? actions.again : actions.close}>
        {isRemoved ? texts.again : texts.close}
      </button>
    </div>
  );
}
