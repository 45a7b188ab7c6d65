import { Form, Link } from "@remix-run/react";
import type { InputHTMLAttributes, ReactNode } from "react";
import styles from "./filter-form.module.css";

interface FormProps {
  label: string;
  submit: string;
  /** back to the list without a filter; only where there is one */
  clear: { text: string; to: string } | null;
  children: ReactNode;
}

/** The filter of a list: a form of the address itself, so that it can be kept, shared and used without a script. */
export const FilterForm = ({ label, submit, clear, children }: FormProps) => (
  <Form method="get" className={styles.form} aria-label={label} key={clear ? "filtered" : "all"}>
    {children}
    <div className={styles.ends}>
      <button type="submit" className="button quiet">
        {submit}
      </button>
      {clear && <Link to={clear.to}>{clear.text}</Link>}
    </div>
  </Form>
);

interface SelectProps {
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
}

export const FilterSelect = ({ name, label, value, options }: SelectProps) => (
  <label className={styles.field}>
    {label}
    <select name={name} defaultValue={value} className="control">
      {options.map(([option, text]) => (
        <option key={option} value={option}>
          {text}
        </option>
      ))}
    </select>
  </label>
);

type InputProps = InputHTMLAttributes<HTMLInputElement> & { label: string };

export const FilterInput = ({ label, ...input }: InputProps) => (
  <label className={styles.field}>
    {label}
    <input {...input} className="control" />
  </label>
);
