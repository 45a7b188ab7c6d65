import { install as words } from "../../../messages/en/install.ts";
import styles from "./install.module.css";
import { LivePreview } from "./live-preview.tsx";
import type { Look } from "./look.ts";
import { readLook, widgetsOwn } from "./look.ts";
import { Section } from "./section.tsx";
import type { Platform } from "./write-snippet.ts";

interface Props {
  platform: Platform;
  keyId: string;
  publishableKey: string;
  look: Look;
  onLook: (look: Look) => void;
  preview: { productId: string; token: string } | null;
  previewsLeft: number;
  isVerified: boolean;
}

const roundest = 32;

function Colour({ name, label, value }: { name: "accent" | "ink"; label: string; value: string }) {
  return (
    <div className="field">
      <label htmlFor={`look-${name}`}>{label}</label>
      <input
        id={`look-${name}`}
        name={name}
        type="color"
        defaultValue={value || widgetsOwn[name]}
        className={styles.colour}
      />
    </div>
  );
}

/** How the button looks: with a script it changes as one types, without one by the form. */
export function LookEditor({ platform, keyId, look, onLook, ...shown }: Props) {
  return (
    <Section id="look" title={words.look.title}>
      <div className={styles.look}>
        <form
          method="get"
          action="/dashboard/install"
          className={styles.form}
          onInput={(event) => {
            const form = new FormData(event.currentTarget);
            onLook(readLook(new URLSearchParams([...form].map(([name, value]) => [name, String(value)]))));
          }}
        >
          <input type="hidden" name="key" value={keyId} />
          <input type="hidden" name="platform" value={platform} />
          <div className={styles.colours}>
            <Colour name="accent" label={words.look.accent} value={look.accent} />
            <Colour name="ink" label={words.look.ink} value={look.ink} />
            <div className="field">
              <label htmlFor="look-radius">
                {words.look.radius} <output>{words.look.pixels(look.radius || widgetsOwn.radius)}</output>
              </label>
              <input
                id="look-radius"
                name="radius"
                type="range"
                min={0}
                max={roundest}
                defaultValue={look.radius || widgetsOwn.radius}
              />
            </div>
          </div>
          <div className="field">
            <label htmlFor="look-font">{words.look.font}</label>
            <input
              id="look-font"
              name="font"
              defaultValue={look.font}
              placeholder="Inter, sans-serif"
              aria-describedby="look-font-hint"
              maxLength={80}
            />
            <p className="field-hint" id="look-font-hint">
              {words.look.fontHint}
            </p>
          </div>
          <noscript>
            <button type="submit" className="button quiet">
              {words.look.submit}
            </button>
          </noscript>
        </form>
        <LivePreview {...shown} look={look} />
      </div>
    </Section>
  );
}
