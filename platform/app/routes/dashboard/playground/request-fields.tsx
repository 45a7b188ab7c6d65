import { playgroundWords as words } from "../../../messages/en/playground.ts";
import type { Values } from "../../../playground/to-draft.ts";
import { fieldId } from "../../../playground/to-draft.ts";
import type { RequestField } from "../../../playground/to-request-form.ts";
import styles from "./playground.module.css";

const places = ["path", "query", "header", "body"] as const;

interface Props {
  fields: RequestField[];
  values: Values;
  onChange: (id: string, value: string) => void;
  onFile: (name: string, file: File | null) => void;
}

function Control({ field, values, onChange, onFile }: Omit<Props, "fields"> & { field: RequestField }) {
  const id = fieldId(field);
  const common = { id, className: styles.control, "aria-describedby": `${id}-about` };
  const value = values[id] ?? "";
  if (field.kind === "file") {
    const choose = (file: File | null) => {
      onFile(field.name, file);
      onChange(id, file?.name ?? "");
    };
    return <input {...common} type="file" onChange={(event) => choose(event.target.files?.[0] ?? null)} />;
  }
  if (field.kind === "choice") {
    return (
      <select {...common} value={value} onChange={(event) => onChange(id, event.target.value)}>
        <option value="">{words.unset}</option>
        {field.options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    );
  }
  if (field.kind === "list" || field.kind === "json") {
    return <textarea {...common} value={value} onChange={(event) => onChange(id, event.target.value)} />;
  }
  const mode = field.kind === "number" ? ("decimal" as const) : undefined;
  return <input {...common} value={value} inputMode={mode} onChange={(event) => onChange(id, event.target.value)} />;
}

/** Everything that can be filled in, by where it goes. */
export function RequestFields({ fields, ...rest }: Props) {
  if (fields.length === 0) return <p className={styles.hint}>{words.noFields}</p>;
  return (
    <>
      {places.map((place) => {
        const own = fields.filter((field) => field.place === place);
        if (own.length === 0) return null;
        return (
          <fieldset key={place} className={styles.group}>
            <legend>{words.places[place]}</legend>
            {own.map((field) => (
              <div key={fieldId(field)} className={styles.field}>
                <label htmlFor={fieldId(field)}>
                  {field.name} {field.isRequired && <span>{words.required}</span>}
                </label>
                <Control field={field} {...rest} />
                <p id={`${fieldId(field)}-about`} className={styles.hint}>
                  {[field.about, field.kind === "list" && words.lines].filter(Boolean).join(" ")}
                </p>
              </div>
            ))}
          </fieldset>
        );
      })}
    </>
  );
}
