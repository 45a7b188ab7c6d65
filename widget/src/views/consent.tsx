import { fill } from "../language.ts";
import { Icon } from "./icon.tsx";
import { Problem } from "./problem.tsx";
import type { StepProps } from "./step-props.ts";

/** "24 hours", "30 days": the number as the page's language writes it. */
const span = (hours: number, language: string) => {
  const [count, unit] = hours > 48 && hours % 24 === 0 ? [hours / 24, "day"] : [hours, "hour"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
};

/** Who, what for, how long, and which text it was: before any photo. */
export function Consent(props: StepProps) {
  const { state, actions, texts, language } = props;
  const { config } = state;
  const brand = config?.texts.brand || config?.brand || location.hostname;
  const photo = config?.retention.photo_hours ?? 24;
  const result = span(config?.retention.result_hours ?? 24, language.code);
  return (
    <div>
      <ul>
        <li>
          <Icon name="shop" />
          <span>
            {fill(texts.consentWho, { brand })} {config?.shows_results && fill(texts.consentShown, { brand })}
          </span>
        </li>
        <li>
          <Icon name="clock" />
          <span>
            {photo ? fill(texts.consentPhoto, { time: span(photo, language.code) }) : texts.consentPhotoNow}{" "}
            {fill(texts.consentResult, { time: result })}
          </span>
        </li>
        <li>
          <Icon name="shield" />
          <span>{texts.consentUse}</span>
        </li>
        <li>
          <Icon name="person" />
          <span>{texts.consentAdult}</span>
        </li>
      </ul>
      <Problem {...props} />
      <button type="button" class="main" disabled={!config} onClick={actions.agree}>
        {texts.agree}
      </button>
      <p class="quiet">
        {/* isolated: a date would be turned round between Arabic words */}
        {config && fill(texts.consentVersion, { version: `\u2068${config.consent_version}\u2069` })}&nbsp;
      </p>
    </div>
  );
}
