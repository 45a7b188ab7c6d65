import { landing } from "../messages/en/landing.ts";
import { Picture } from "../pictures/picture.tsx";
import styles from "./how.module.css";
import sections from "./sections.module.css";

const { how } = landing;
const sumSizes = "(max-width: 48rem) 30vw, 20rem";

export function How() {
  return (
    <section id="how" className={sections.section} aria-labelledby="how-title">
      <header className={sections.header}>
        <h2 id="how-title">{how.title}</h2>
        <p>{how.lead}</p>
      </header>
      <div className={styles.sum}>
        <figure>
          <Picture name="person-2" alt="" sizes={sumSizes} />
          <figcaption>{how.photo}</figcaption>
        </figure>
        <span role="img" aria-label={how.plus}>
          +
        </span>
        <figure className={styles.garment}>
          <Picture name="ridge-tee-mustard" alt="" sizes={sumSizes} />
          <figcaption>{how.garment}</figcaption>
        </figure>
        <span role="img" aria-label={how.equals}>
          =
        </span>
        <figure>
          <Picture name="person-2-ridge-tee-mustard" alt="" sizes={sumSizes} />
          <figcaption>{how.result}</figcaption>
        </figure>
      </div>
      <ol className={styles.steps}>
        {how.steps.map(({ title, text }) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
