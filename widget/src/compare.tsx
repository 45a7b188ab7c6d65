import { useEffect, useRef, useState } from "preact/hooks";
import type { Texts } from "./languages/en.ts";

const step = 5;

/** Before and after with a border that pointer and arrow keys move. */
export function Compare({ before, after, texts }: { before: string; after: string; texts: Texts }) {
  const [at, setAt] = useState(50);
  const box = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLImageElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (top.current) top.current.style.clipPath = `inset(0 ${100 - at}% 0 0)`;
    if (handle.current) handle.current.style.translate = `${((box.current?.clientWidth ?? 0) * at) / 100}px`;
  }, [at]);
  const follow = (event: PointerEvent) => {
    const bounds = box.current?.getBoundingClientRect();
    if (!bounds || (event.type === "pointermove" && event.buttons === 0)) return;
    setAt(Math.round(Math.min(100, Math.max(0, ((event.clientX - bounds.left) / bounds.width) * 100))));
  };
  const keys: Record<string, number> = {
    ArrowLeft: at - step,
    ArrowRight: at + step,
    ArrowDown: at - step,
    ArrowUp: at + step,
    Home: 0,
    End: 100,
  };
  const press = (event: KeyboardEvent) => {
    const next = keys[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(Math.min(100, Math.max(0, next)));
  };
  return (
    <div class="compare" ref={box} onPointerDown={follow} onPointerMove={follow}>
      <img src={after} alt={texts.after} onLoad={() => setAt((value) => value)} />
      <img src={before} alt={texts.before} ref={top} />
      <b dir="ltr">{texts.before}</b>
      <b dir="ltr">{texts.after}</b>
      <div
        class="handle"
        ref={handle}
        role="slider"
        tabIndex={0}
        aria-label={texts.compare}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={at}
        onKeyDown={press}
      />
    </div>
  );
}
