import { Code } from "../docs/code.tsx";
import { landing } from "../messages/en/landing.ts";
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
