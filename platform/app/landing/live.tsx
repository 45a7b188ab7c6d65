import type { GarmentName } from "../messages/en/landing.ts";
import { landing } from "../messages/en/landing.ts";
import { Picture } from "../pictures/picture.tsx";
import styles from "./live.module.css";

const texts = landing.live;
const shelf = Object.entries(landing.garments) as [GarmentName, string][];

/** A shelf of garments with the widget's own button under each: what shoppers get, on the platform's own account. */
export function Live({ siteKey }: { siteKey: string }) {
  return (
    <section id="try" className={styles.live} aria-labelledby="try-title">
      <div className={styles.inner}>
        <div className={styles.words}>
          <p className={styles.eyebrow}>{texts.eyebrow}</p>
          <h2 id="try-title">{texts.title}</h2>
          <p className={styles.lead}>{texts.lead}</p>
          <ul className={styles.rules}>
            {texts.rules.map((rule) => (
              <li key={rule}>{rule}</li>
            ))}
          </ul>
          <noscript>
            <p className={styles.noScript}>{texts.noScript}</p>
          </noscript>
        </div>
        <ul className={styles.shelf}>
          {shelf.map(([garment, name]) => (
            <li key={garment}>
              <Picture name={garment} alt={texts.garmentAlt(name)} sizes="(max-width: 48rem) 45vw, 15rem" />
              <h3>{name}</h3>
              <trailroom-tryon
                publishable-key={siteKey}
                product-id={garment}
                product-image={`/site/garments/${garment}.jpg`}
                mode="top"
              >
                <button type="button">{texts.button}</button>
              </trailroom-tryon>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
