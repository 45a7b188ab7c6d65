import { landing } from "../messages/en/landing.ts";
import styles from "./pricing.module.css";
import sections from "./sections.module.css";

const { pricing } = landing;

export function Pricing() {
  return (
    <section id="pricing" className={`${sections.section} ${sections.split}`} aria-labelledby="pricing-title">
      <header className={sections.header}>
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
