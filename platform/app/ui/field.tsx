import type { InputHTMLAttributes } from "react";
import type { FormFault } from "../session/form-fault.ts";

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, "id" | "name"> {
  name: string;
  label: string;
  hint?: string;
  /** of the form that this belongs to, when it was refused: brings back what was typed and says what is wrong */
  fault?: FormFault | null;
}

/** A labelled input of the public pages, which are plain HTML. */
export function Field({ name, label, hint, fault, defaultValue, ...input }: Props) {
  const error = fault?.fields[name];
  const notes = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <input
        {...input}
        id={name}
        name={name}
        defaultValue={fault?.values[name] ?? defaultValue}
        aria-invalid={error ? true : undefined}
        aria-describedby={notes || undefined}
      />
      {hint && (
        <p className="field-hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
