import { Component } from "preact";
import { fill } from "../language.ts";
import type { StepProps } from "./step-props.ts";

const stageTexts = {
  queued: "queued",
  photo: "stagePhoto",
  garment: "stageGarment",
  fit: "stageFit",
  finish: "stageFinish",
  done: "stageFinish",
} as const;

/** Below this the guess was used up: better to say so than to promise one second for ever. */
const lateMs = 500;

/** What the server says of the job, and nothing that it did not say: the bar moves with its word alone. */
export class Working extends Component<StepProps> {
  #timer: ReturnType<typeof setInterval> | undefined;

  override componentDidMount() {
    this.#timer = setInterval(() => this.forceUpdate(), 1000);
  }

  override componentWillUnmount() {
    clearInterval(this.#timer);
  }

  #left() {
    const { state, texts } = this.props;
    if (state.due === null) return "\u00a0";
    const leftMs = state.due - Date.now();
    return leftMs < lateMs ? texts.longer : fill(texts.seconds, { n: Math.ceil(leftMs / 1000) });
  }

  override render({ state, actions, texts }: StepProps) {
    const stage = texts[stageTexts[state.job?.stage ?? "queued"]];
    const { progress } = state;
    return (
      <>
        {state.photo && (
          <div class="photo busy">
            <img src={state.photo.url} alt={texts.photoTitle} />
          </div>
        )}
        <div>
          <p role="status">{stage} …</p>
          <div
            class="bar"
            role="progressbar"
            aria-label={texts.working}
            aria-valuenow={progress}
            aria-valuemin={0}
            aria-valuemax={100}
          >
            {/* by script, not by attribute: a shop's policy may forbid style attributes */}
            <i
              ref={(bar) => {
                if (bar) bar.style.transform = `scaleX(${Math.max(0.03, progress / 100)})`;
              }}
            />
          </div>
          <p class="quiet">{this.#left()}</p>
          <button type="button" class="bare" onClick={actions.cancel}>
            {texts.cancel}
          </button>
        </div>
      </>
    );
  }
}
