import type { GarmentName } from "../messages/en/landing.ts";
import { landing } from "../messages/en/landing.ts";
import { Picture } from "../pictures/picture.tsx";
import styles from "./hero.module.css";

const texts = landing.hero;
const wearers = ["person-1", "person-2", "person-6"];
const shown = ["ridge-tee-mustard", "plain-tee-moss", "striped-tee-navy", "polo-navy"] as const satisfies GarmentName[];
const sizes = "(max-width: 48rem) 46vw, (max-width: 80rem) 23vw, 18rem";

/** One garment, and three people in it. Which one is shown is the page's own business: radio buttons and style, no script. */
function Wall({ garment, isFirst }: { garment: GarmentName; isFirst: boolean }) {
  const name = landing.garments[garment];
  return (
    <div className={styles.wall} data-garment={garment}>
      <figure className={styles.product}>
        <Picture name={garment} alt={texts.garmentAlt(name)} sizes={sizes} isFirst={isFirst} />
        <figcaption>{texts.product}</figcaption>
      </figure>
      {wearers.map((person, index) => (
        <figure key={person}>
          <Picture name={`${person}-${garment}`} alt={texts.personAlt(name)} sizes={sizes} isFirst={isFirst} />
          {index === 0 && <figcaption>{texts.worn}</figcaption>}
        </figure>
      ))}
    </div>
  );
}

/** The head of the page: what it is, and the same product picture on three people. */
export function Hero() {
  return (
    <section className={styles.hero}>
      <div className={styles.words}>
        <h1>{texts.title}</h1>
        <div>
          <p className={styles.lead}>{texts.lead}</p>
          <p className="row">
            <a className="button" href="#try">
              {texts.try}
            </a>
            <a className="button quiet" href="/register">
              {texts.start}
            </a>
          </p>
        </div>
      </div>
      <div className={styles.walls}>
        {shown.map((garment, index) => (
          <Wall key={garment} garment={garment} isFirst={index === 0} />
        ))}
        <fieldset className={styles.choice}>
          <legend>{texts.choose}</legend>
          {shown.map((garment, index) => (
            <label key={garment}>
              <input type="radio" name="garment" value={garment} defaultChecked={index === 0} />
              <Picture name={garment} alt="" sizes="3rem" isFirst />
              <span>{landing.garments[garment]}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <p className={styles.note}>{texts.note}</p>
    </section>
  );
}
