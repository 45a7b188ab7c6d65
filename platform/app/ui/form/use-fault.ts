import { useActionData } from "@remix-run/react";
import type { FormFault } from "../../session/form-fault.ts";

/** Why the last try of this form was refused, if it was this form. */
export function useFault(intent: string): FormFault | null {
  const data = useActionData() as Partial<FormFault> | undefined;
  return data?.message !== undefined && data.intent === intent ? (data as FormFault) : null;
}
