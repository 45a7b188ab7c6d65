import { Component } from "preact";
import type { Texts } from "../languages/en.ts";

/** How far a key moves the border, in percent. */
const keys: Record<string, number> = {
  ArrowLeft: -5,
  ArrowDown: -5,
  ArrowRight: 5,
  ArrowUp: 5,
  Home: -100,
  End: 100,
};

interface CompareProps {
  before: string;
  after: string;
  texts: Texts;
}

/** Before and after with a border that pointer and arrow keys move. */
export class Compare extends Component<CompareProps, { at: number }> {
  override state = { at: 50 };
  #box: HTMLElement | null = null;

  #move(at: number) {
    this.setState({ at: Math.round(Math.min(100, Math.max(0, at))) });
  }

  #follow = (event: PointerEvent) => {
    const bounds = this.#box?.getBoundingClientRect();
    if (!bounds || (event.type === "pointermove" && event.buttons === 0)) return;
    this.#move(((event.clientX - bounds.left) / bounds.width) * 100);
  };

  #press = (event: KeyboardEvent) => {
    const by = keys[event.key];
    if (!by) return;
    event.preventDefault();
    this.#move(this.state.at + by);
  };

  override render({ before, after, texts }: CompareProps, { at }: { at: number }) {
    return (
      <div
        class="photo compare"
        ref={(box) => {
          this.#box = box;
          box?.style.setProperty("--at", `${at}%`);
        }}
        onPointerDown={this.#follow}
        onPointerMove={this.#follow}
      >
        <img src={after} alt={texts.after} draggable={false} />
        <img src={before} alt={texts.before} draggable={false} />
        <b>{texts.before}</b>
        <b>{texts.after}</b>
        <div
          class="handle"
          role="slider"
          tabIndex={0}
          aria-label={texts.compare}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={at}
          aria-valuetext={`${at} %`}
          onKeyDown={this.#press}
        />
      </div>
    );
  }
}
