import { Code } from "../docs/code.tsx";
import { landing } from "../messages/en/landing.ts";
import { Picture } from "../pictures/picture.tsx";
import styles from "./sections.module.css";

/** Measured or promised, each documented. */
export function Facts() {
  return (
    <dl className={styles.facts}>
      {landing.facts.map(({ figure, text }) => (
        <div key={text}>
          <dt>{figure}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

const { how } = landing;
const sumSizes = "(max-width: 48rem) 30vw, 20rem";

export function How() {
  return (
    <section id="how" className={styles.section} aria-labelledby="how-title">
      <header className={styles.header}>
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

export function Merchants() {
  return (
    <section className={styles.section} aria-labelledby="merchants-title">
      <header className={styles.header}>
        <h2 id="merchants-title">{landing.merchants.title}</h2>
      </header>
      <ul className={styles.grid}>
        {landing.merchants.items.map(({ title, text }) => (
          <li key={title}>
            <h3>{title}</h3>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const { limits } = landing;
const lists = [
  { title: limits.works, items: limits.worksItems, kind: "ok" },
  { title: limits.refuses, items: limits.refusesItems, kind: "no" },
  { title: limits.weak, items: limits.weakItems, kind: "weak" },
];

/** What the local engine cannot do, said before somebody finds out. */
export function Limits() {
  return (
    <section className={styles.tinted} aria-labelledby="limits-title">
      <div className={styles.section}>
        <header className={styles.header}>
          <h2 id="limits-title">{limits.title}</h2>
          <p>{limits.lead}</p>
        </header>
        <div className={styles.lists}>
          {lists.map(({ title, items, kind }) => (
            <div key={title} data-kind={kind}>
              <h3>{title}</h3>
              <ul>
                {items.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            </div>
          ))}
        </div>
        <p>
          <a href="/docs/engine#how-good-it-is-today">{limits.more}</a>
        </p>
      </div>
    </section>
  );
}

export function Privacy() {
  return (
    <section className={`${styles.section} ${styles.split}`} aria-labelledby="privacy-title">
      <header className={styles.header}>
        <h2 id="privacy-title">{landing.privacy.title}</h2>
      </header>
      <dl className={styles.promises}>
        {landing.privacy.items.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const { developers } = landing;
const snippetOf = (publicUrl: string) => `<script type="module" src="${publicUrl}/v1/trailroom.js"></script>
<trailroom-tryon publishable-key="pk_live_…" product-id="tee-1"
  product-image="https://shop.example/tee-1.jpg" mode="top">
  <button>Try it on</button>
</trailroom-tryon>`;
const callOf = (publicUrl: string) => `curl "${publicUrl}/api/v1/tryon?wait=30" \\
  -H "x-api-key: $SECRET_KEY" -H "Idempotency-Key: order-1042" \\
  -F person_image=@person.jpg -F top_image=@tee.jpg -F mode=top`;

export function Developers({ publicUrl }: { publicUrl: string }) {
  return (
    <section className={styles.section} aria-labelledby="developers-title">
      <header className={styles.header}>
        <h2 id="developers-title">{developers.title}</h2>
        <p>{developers.lead}</p>
      </header>
      <div className={styles.codes}>
        <Code label={developers.page} language="html" text={snippetOf(publicUrl)} />
        <Code label={developers.server} language="sh" text={callOf(publicUrl)} />
      </div>
      <ul className={styles.points}>
        {developers.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      <p className="row">
        <a className="button" href="/docs/quick-start">
          {developers.quickStart}
        </a>
        <a className="button quiet" href="/docs">
          {developers.docs}
        </a>
      </p>
    </section>
  );
}

const { pricing } = landing;

export function Pricing() {
  return (
    <section id="pricing" className={`${styles.section} ${styles.split}`} aria-labelledby="pricing-title">
      <header className={styles.header}>
        <h2 id="pricing-title">{pricing.title}</h2>
        <p>{pricing.lead}</p>
        <p className={styles.soon}>{pricing.soon}</p>
      </header>
      <div className={styles.prices}>
        <table>
          <thead>
            <tr>
              <th scope="col">{pricing.from}</th>
              <th scope="col">{pricing.price}</th>
            </tr>
          </thead>
          <tbody>
            {pricing.rows.map(([range, price]) => (
              <tr key={range}>
                <td>{range}</td>
                <td>{price}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p>{pricing.tax}</p>
      </div>
    </section>
  );
}

export function Close() {
  return (
    <section className={styles.close}>
      <h2>{landing.close.title}</h2>
      <p className="row">
        <a className="button" href="/register">
          {landing.close.start}
        </a>
        <a className="button quiet" href="/docs">
          {landing.close.docs}
        </a>
      </p>
    </section>
  );
}
