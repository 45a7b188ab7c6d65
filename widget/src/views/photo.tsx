import { Component } from "preact";
import { fill } from "../language.ts";
import { Icon } from "./icon.tsx";
import { Problem } from "./problem.tsx";
import type { StepProps } from "./step-props.ts";

interface ModelProps {
  path: string;
  label: string;
  actions: StepProps["actions"];
}

/** A sample person; the picture comes as bytes, as all do. */
class Model extends Component<ModelProps, { url?: string }> {
  override componentDidMount() {
    const { actions, path } = this.props;
    actions.picture(path.replace(/\.jpg$/, "-thumb.jpg")).then(
      (url) => this.setState({ url }),
      () => {},
    );
  }

  override componentWillUnmount() {
    if (this.state.url) URL.revokeObjectURL(this.state.url);
  }

  override render({ path, label, actions }: ModelProps, { url }: { url?: string }) {
    return (
      <button type="button" aria-label={label} onClick={() => actions.chooseModel(path)}>
        {url && <img src={url} alt="" />}
      </button>
    );
  }
}

/** The merchant's sample people; on the platform's own page they come first. */
function People({ state, actions, texts }: StepProps) {
  return (
    <div class="people">
      {state.config?.models.map((path, index) => (
        <Model key={path} path={path} actions={actions} label={fill(texts.model, { n: index + 1 })} />
      ))}
    </div>
  );
}

/** Where a photo may come from. */
function Sources(props: StepProps) {
  const { state, actions, texts } = props;
  const isFirst = state.config?.models_first;
  const take = (files?: FileList | null) => files?.[0] && actions.choose(files[0]);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer?.files);
  };
  return (
    <div>
      {isFirst && (
        <>
          <p class="quiet">{texts.modelsFirst}</p>
          <People {...props} />
          <p class="quiet rule">{texts.orOwn}</p>
        </>
      )}
      <label class="drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <input type="file" accept="image/*" onChange={(event) => take(event.currentTarget.files)} />
        <Icon name="photo" />
        <span class="main">{texts.upload}</span>
        <small>{texts.photoHint}</small>
      </label>
      <Problem {...props} />
      <div class="row">
        <button type="button" onClick={actions.openCamera}>
          <Icon name="camera" />
          {texts.camera}
        </button>
        {state.canReuse && (
          <button type="button" onClick={actions.reuse}>
            <Icon name="again" />
            {texts.last}
          </button>
        )}
      </div>
      <label class="check">
        <input
          type="checkbox"
          checked={state.remember}
          onChange={(event) => actions.setRemember(event.currentTarget.checked)}
        />
        {texts.remember}
      </label>
      {!isFirst && (
        <>
          <p class="quiet rule">{texts.models}</p>
          <People {...props} />
        </>
      )}
    </div>
  );
}

/** The photo step: sources, camera, or the photo that was chosen with what is to be said of it. */
export function Photo(props: StepProps) {
  const { state, actions, texts } = props;
  if (state.Camera) return <state.Camera {...props} />;
  if (!state.photo && !state.isChecking) return <Sources {...props} />;
  return (
    <>
      <div class={state.isChecking ? "photo busy" : "photo"}>
        {state.photo && <img src={state.photo.url} alt={texts.photoTitle} />}
      </div>
      <div>
        <p role="status">{state.isChecking && texts.checking}</p>
        <Problem {...props} />
        {state.canSubmit && (
          <button type="button" class="main" onClick={actions.submit}>
            {texts.submit}
          </button>
        )}
        <button type="button" class={state.problem && !state.canSubmit ? "main" : ""} onClick={actions.other}>
          {texts.anotherPhoto}
        </button>
      </div>
    </>
  );
}
