import { Button, Paper } from "@mantine/core";
import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { CsrfField } from "../csrf-field.tsx";
import { Notice } from "../notice.tsx";
import styles from "./settings-form.module.css";
import { useFault } from "./use-fault.ts";

interface Props {
  intent: string;
  title?: string;
  lead?: string;
  submit: string;
  isDangerous?: boolean;
  children?: ReactNode;
}

/** One card with one form that works without a script. */
export function SettingsForm({ intent, title, lead, submit, isDangerous, children }: Props) {
  const fault = useFault(intent);
  const navigation = useNavigation();
  const isBusy = navigation.state !== "idle" && navigation.formData?.get("intent") === intent;
  return (
    <Paper withBorder className={styles.card}>
      <Form method="post" className={styles.form} preventScrollReset noValidate={false}>
        <CsrfField />
        <input type="hidden" name="intent" value={intent} />
        {title && (
          <div>
            <h2>{title}</h2>
            {lead && <p className={styles.lead}>{lead}</p>}
          </div>
        )}
        {!title && lead && <p className={styles.lead}>{lead}</p>}
        {fault && <Notice kind="danger">{fault.message}</Notice>}
        {children}
        <div>
          <Button type="submit" color={isDangerous ? "red" : "brand"} loading={isBusy}>
            {submit}
          </Button>
        </div>
      </Form>
    </Paper>
  );
}
