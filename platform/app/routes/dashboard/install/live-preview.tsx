import { createElement, useEffect, useRef } from "react";
import { install as words } from "../../../messages/en/install.ts";
import styles from "./install.module.css";
import type { Look } from "./look.ts";
import { propertiesOf } from "./look.ts";

interface Props {
  publishableKey: string;
  look: Look;
  /** leave to try it here for free */
  preview: { productId: string; token: string } | null;
  previewsLeft: number;
  isVerified: boolean;
}

const widget = "/v1/trailroom.js";
const garment = "/site/garments/plain-tee-moss.jpg";
const names = ["--trailroom-accent", "--trailroom-on-accent", "--trailroom-radius", "--trailroom-font"];

const noteOf = ({ preview, previewsLeft, isVerified }: Props) => {
  if (preview) return previewsLeft > 0 ? words.look.tryIt(previewsLeft) : words.look.usedUp;
  return isVerified ? words.look.needsKey : words.look.unverified;
};

/** The real button, by the widget's own element as a shop would load it; with a token it can be tried on the spot. */
export function LivePreview(props: Props) {
  const { publishableKey, look, preview } = props;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => void import(/* @vite-ignore */ widget).catch(() => {}), []);
  useEffect(() => {
    const element = place.current?.querySelector<HTMLElement>("trailroom-tryon");
    const own = new Map(propertiesOf(look));
    for (const name of names) element?.style.setProperty(name, own.get(name) ?? null);
  }, [look]);
  return (
    <div className={styles.preview}>
      <div ref={place} className={styles.stage} {...(!preview && { inert: "" })}>
        {createElement(
          "trailroom-tryon",
          {
            key: preview?.token,
            "publishable-key": publishableKey,
            "product-id": preview?.productId,
            "product-image": garment,
            mode: "top",
            "preview-token": preview?.token,
            suppressHydrationWarning: true,
          },
          <button type="button">{words.look.button}</button>,
        )}
      </div>
      <p className={styles.note}>{noteOf(props)}</p>
    </div>
  );
}
