import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { FormFault } from "../../../session/form-fault.ts";
import { CsrfField } from "../../../ui/csrf-field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import styles from "./install.module.css";

interface Props {
  intent: string;
  submit: string;
  hasFile?: boolean;
  fault: FormFault | null;
  children: ReactNode;
}

/** One form of the page; what it finds is shown below it, without leaving. */
export function InstallForm({ intent, submit, hasFile, fault, children }: Props) {
  const { formData } = useNavigation();
  const isBusy = formData?.get("intent") === intent;
  const own = fault?.intent === intent ? fault : null;
  const isTold = own && Object.keys(own.fields).length > 0;
  return (
    <Form
      method="post"
      action="/dashboard/install"
      encType={hasFile ? "multipart/form-data" : undefined}
      preventScrollReset
      className={styles.form}
    >
      <CsrfField />
      <input type="hidden" name="intent" value={intent} />
      {own && !isTold && <Notice kind="danger">{own.message}</Notice>}
      {children}
      <div>
        <button type="submit" className="button" aria-busy={isBusy}>
          {submit}
        </button>
      </div>
    </Form>
  );
}

/** The fault, when it is of the form with this intent. */
export const faultOf = (fault: FormFault | null, intent: string) => (fault?.intent === intent ? fault : null);
