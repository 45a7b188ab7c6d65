import { useEffect, useRef, useState } from "preact/hooks";
import { Compare } from "./compare.tsx";
import type { Actions, State } from "./flow-state.ts";
import type { Language } from "./language.ts";
import { fill } from "./language.ts";
import type { Texts } from "./languages/en.ts";

interface Props {
  state: State;
  actions: Actions;
  language: Language;
  canShare: boolean;
}

type StepProps = Props & { texts: Texts };

function Consent({ state, actions, texts }: StepProps) {
  const { config } = state;
  return (
    <>
      <p>{fill(texts.consentWho, { brand: config?.brand ?? location.hostname })}</p>
      {config && (
        <p class="quiet">
          {fill(texts.consentHow, { photo: config.retention.photo_hours, result: config.retention.result_hours })}
        </p>
      )}
      <p class="quiet">{texts.consentAdult}</p>
      <button type="button" class="main" disabled={!config} onClick={actions.agree}>
        {texts.agree}
      </button>
    </>
  );
}

function Camera({ actions, texts, onEnd }: StepProps & { onEnd: () => void }) {
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(false);
  useEffect(() => {
    let stream: MediaStream | undefined;
    let isOver = false;
    const start = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user", width: { ideal: 1280 } } });
        if (isOver) stop();
        else if (video.current) video.current.srcObject = stream;
      } catch {
        setRefused(true);
      }
    };
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    void start();
    return () => {
      isOver = true;
      stop();
    };
  }, []);
  const shoot = () => {
    const source = video.current;
    if (!source?.videoWidth) return;
    const canvas = document.createElement("canvas");
    canvas.width = source.videoWidth;
    canvas.height = source.videoHeight;
    canvas.getContext("2d")?.drawImage(source, 0, 0);
    canvas.toBlob((blob) => blob && actions.choose(blob), "image/jpeg", 0.95);
    onEnd();
  };
  if (isRefused) return <p class="warn">{texts.noCamera}</p>;
  return (
    <>
      <div class="photo">
        <video ref={video} autoplay muted playsInline />
      </div>
      <button type="button" class="main" onClick={shoot}>
        {texts.shoot}
      </button>
    </>
  );
}

function Model({ path, label, actions }: { path: string; label: string; actions: Actions }) {
  const [url, setUrl] = useState("");
  useEffect(() => {
    void actions.picture(path.replace(/\.jpg$/, "-thumb.jpg")).then(setUrl, () => {});
  }, [path]);
  return (
    <button type="button" aria-label={label} onClick={() => actions.chooseModel(path)}>
      {url && <img src={url} alt="" />}
    </button>
  );
}

function Photo(props: StepProps) {
  const { state, actions, texts } = props;
  const [isCamera, setCamera] = useState(false);
  const choose = (event: Event) => {
    const file = (event.currentTarget as HTMLInputElement).files?.[0];
    setCamera(false);
    if (file) actions.choose(file);
  };
  return (
    <>
      {!state.photo && <p class="quiet">{texts.photoHint}</p>}
      {isCamera && <Camera {...props} onEnd={() => setCamera(false)} />}
      {state.photo && !isCamera && (
        <div class="photo">
          <img src={state.photo.url} alt={texts.photoTitle} />
        </div>
      )}
      {state.problem && (
        <p class="warn" role="alert">
          {texts[state.problem]}
        </p>
      )}
      {state.isChecking && <p role="status">{texts.checking}</p>}
      {state.canSubmit && (
        <button type="button" class="main" onClick={actions.submit}>
          {texts.submit}
        </button>
      )}
      <div class="row">
        <label class={state.canSubmit ? "file" : "file main"}>
          <input type="file" accept="image/*" onChange={choose} />
          {state.photo ? texts.anotherPhoto : texts.upload}
        </label>
        <button type="button" onClick={() => setCamera(!isCamera)}>
          {texts.camera}
        </button>
      </div>
      {state.canReuse && !state.photo && (
        <button type="button" onClick={actions.reuse}>
          {texts.last}
        </button>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={state.remember}
          onChange={(event) => actions.setRemember(event.currentTarget.checked)}
        />
        {texts.remember}
      </label>
      {!state.photo && state.config && (
        <>
          <p class="quiet">{texts.models}</p>
          <div class="people">
            {state.config.models.map((path, index) => (
              <Model key={path} path={path} actions={actions} label={fill(texts.model, { n: index + 1 })} />
            ))}
          </div>
        </>
      )}
    </>
  );
}

const stageTexts = {
  queued: "queued",
  photo: "stagePhoto",
  garment: "stageGarment",
  fit: "stageFit",
  finish: "stageFinish",
  done: "stageFinish",
} as const;

function Working({ state, actions, texts }: StepProps) {
  const stage = texts[stageTexts[state.job?.stage ?? "queued"]];
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    // by script, not by attribute: a shop's policy may forbid style attributes
    if (bar.current) bar.current.style.transform = `scaleX(${Math.max(0.03, state.progress / 100)})`;
  }, [state.progress]);
  return (
    <>
      {state.photo && (
        <div class="photo">
          <img src={state.photo.url} alt={texts.photoTitle} />
        </div>
      )}
      <p role="status">{stage} …</p>
      <div
        class="bar"
        role="progressbar"
        aria-label={texts.working}
        aria-valuenow={state.progress}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i ref={bar} />
      </div>
      <p class="quiet">{state.etaS === null ? "\u00a0" : fill(texts.seconds, { n: state.etaS })}</p>
      <button type="button" class="bare" onClick={actions.cancel}>
        {texts.cancel}
      </button>
    </>
  );
}

function Result({ state, actions, texts, canShare }: StepProps) {
  const { result, photo } = state;
  if (!result) return null;
  return (
    <>
      {photo ? (
        <Compare before={photo.url} after={result.url} texts={texts} />
      ) : (
        <div class="photo">
          <img src={result.url} alt={texts.after} />
        </div>
      )}
      <p class="quiet">{texts.preview}</p>
      {state.problem && (
        <p class="warn" role="alert">
          {texts[state.problem]}
        </p>
      )}
      <button type="button" class="main" onClick={actions.addToCart}>
        {texts.cart}
      </button>
      <div class="row">
        <button type="button" onClick={actions.download}>
          {texts.download}
        </button>
        {canShare && (
          <button type="button" onClick={actions.share}>
            {texts.share}
          </button>
        )}
        <button type="button" onClick={actions.again}>
          {texts.again}
        </button>
      </div>
      <button type="button" class="bare" onClick={actions.remove}>
        {texts.remove}
      </button>
    </>
  );
}

function Notice({ state, actions, texts }: StepProps) {
  const isRemoved = state.step === "removed";
  return (
    <>
      <p role="status">{isRemoved ? texts.removed : texts.resting}</p>
      <button type="button" class="main" onClick={isRemoved ? actions.again : actions.close}>
        {isRemoved ? texts.again : texts.close}
      </button>
    </>
  );
}

const views = { consent: Consent, photo: Photo, working: Working, result: Result, resting: Notice, removed: Notice };
const titles = {
  consent: "consentTitle",
  photo: "photoTitle",
  working: "working",
  result: "result",
  resting: "title",
  removed: "title",
} as const;

export function Dialog(props: Props) {
  const { state, actions, language } = props;
  const { texts } = language;
  const View = views[state.step];
  const heading = useRef<HTMLHeadingElement>(null);
  // each step begins at its heading, for eyes and screen readers alike
  useEffect(() => heading.current?.focus(), [state.step]);
  return (
    <dialog
      part="dialog"
      lang={language.code}
      dir={language.dir}
      aria-labelledby="heading"
      onCancel={(event) => {
        event.preventDefault();
        actions.close();
      }}
      {...{ closedby: "any" }}
    >
      <header>
        <h2 id="heading" tabIndex={-1} ref={heading}>
          {texts[titles[state.step]]}
        </h2>
        <button type="button" class="icon" aria-label={texts.close} onClick={actions.close}>
          ×
        </button>
      </header>
      <main>
        <View {...props} texts={texts} />
      </main>
    </dialog>
  );
}
