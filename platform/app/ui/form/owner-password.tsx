import type { FormFault } from "../../session/form-fault.ts";
import { TextSetting } from "./text-setting.tsx";

/** The account's present password, by which its owner proves to be there. */
export const OwnerPassword = ({ label, fault }: { label: string; fault: FormFault | null }) => (
  <TextSetting name="password" label={label} type="password" autoComplete="current-password" required fault={fault} />
);
