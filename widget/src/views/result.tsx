import { Compare } from "./compare.tsx";
import { Icon } from "./icon.tsx";
import { Problem } from "./problem.tsx";
import type { StepProps } from "./step-props.ts";

/** The picture and everything that may be done with it. */
export function Result(props: StepProps) {
  const { state, actions, texts, canShare } = props;
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
      <div>
        <p class="quiet">{texts.preview}</p>
        <Problem {...props} />
        <button type="button" class="main" onClick={actions.addToCart}>
          {texts.cart}
        </button>
        <div class="row">
          <button type="button" onClick={actions.download}>
            <Icon name="download" />
            {texts.download}
          </button>
          {canShare && (
            <button type="button" onClick={actions.share}>
              <Icon name="share" />
              {texts.share}
            </button>
          )}
        </div>
        <button type="button" onClick={actions.again}>
          <Icon name="again" />
          {texts.again}
        </button>
        <button type="button" class="bare" onClick={actions.remove}>
          {texts.remove}
        </button>
      </div>
    </>
  );
}
