import { docs } from "../../messages/en/docs.ts";
import { Inline } from "../inline.tsx";
import styles from "../reference.module.css";
import type { Field } from "./list-fields.ts";

const words = docs.api;

/** Fields of a body, an answer or an address. */
export function FieldsTable({ fields, caption }: { fields: Field[]; caption: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="table" tabIndex={0}>
      <table className={styles.fields}>
        <caption className={styles.unseen}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.field}</th>
            <th scope="col">{words.type}</th>
            <th scope="col">{words.about}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, type, isRequired, about }) => (
            <tr key={name}>
              <td>
                <code>{name}</code>
                {isRequired && <span className={styles.required}>{words.required}</span>}
              </td>
              <td className={styles.type}>{type}</td>
              <td>
                <Inline text={about} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
