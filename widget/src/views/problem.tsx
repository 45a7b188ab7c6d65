import { isPassing } from "../problems.ts";
import { Icon } from "./icon.tsx";
import type { StepProps } from "./step-props.ts";

/** What went wrong, what to do, and where it may pass by itself a way to try again. */
export function Problem({ state, actions, texts }: StepProps) {
  const { problem, canSubmit, photo, config, step } = state;
  const canRetry = isPassing(problem) && !canSubmit && (photo || !config) && step !== "result";
  return (
    problem && (
      <div class="warn" role="alert">
        <Icon name="warn" />
        <p>{texts[problem]}</p>
        {canRetry && (
          <button type="button" class="bare" onClick={actions.retry}>
            {texts.retry}
          </button>
        )}
      </div>
    )
  );
}
