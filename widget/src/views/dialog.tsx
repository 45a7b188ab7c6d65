import { Component } from "preact";
import { Consent } from "./consent.tsx";
import { Icon } from "./icon.tsx";
import { Notice } from "./notice.tsx";
import { Photo } from "./photo.tsx";
import { Result } from "./result.tsx";
import type { DialogProps } from "./step-props.ts";
import { Working } from "./working.tsx";

const views = { consent: Consent, photo: Photo, working: Working, result: Result, resting: Notice, removed: Notice };
const titles = {
  consent: "consentTitle",
  photo: "photoTitle",
  working: "working",
  result: "result",
  resting: "title",
  removed: "title",
} as const;

/** The frame around the step. */
export class Dialog extends Component<DialogProps> {
  #heading: HTMLElement | null = null;

  // each step begins at its heading, for eyes and screen readers alike
  override componentDidUpdate(before: DialogProps) {
    if (before.state.step !== this.props.state.step) this.#heading?.focus();
  }

  override render(props: DialogProps) {
    const { state, actions, language } = props;
    const { texts } = language;
    const View = views[state.step];
    return (
      <dialog
        part="dialog"
        lang={language.code}
        dir={language.dir}
        aria-labelledby="heading"
        onClose={actions.closed}
        {...{ closedby: "any" }}
      >
        <header>
          <h2
            id="heading"
            tabIndex={-1}
            ref={(heading) => {
              this.#heading = heading;
            }}
          >
            {texts[titles[state.step]]}
          </h2>
          <button type="button" class="icon" aria-label={texts.close} onClick={actions.close}>
            <Icon name="close" />
          </button>
        </header>
        <main key={state.step}>
          <View {...props} texts={texts} />
        </main>
      </dialog>
    );
  }
}
