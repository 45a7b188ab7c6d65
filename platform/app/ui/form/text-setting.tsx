import type { TextInputProps } from "@mantine/core";
import { TextInput } from "@mantine/core";
import type { FormFault } from "../../session/form-fault.ts";

interface Props extends Omit<TextInputProps, "name" | "label" | "description" | "error"> {
  name: string;
  label: string;
  hint?: string;
  fault: FormFault | null;
}

/** A line of text of a settings form; after a refusal it shows what was typed and what is wrong. */
export function TextSetting({ name, label, hint, fault, defaultValue, ...rest }: Props) {
  return (
    <TextInput
      {...rest}
      // what was typed comes back once: a later page begins anew
      key={fault ? "again" : "first"}
      name={name}
      label={label}
      description={hint}
      defaultValue={fault?.values[name] ?? defaultValue}
      error={fault?.fields[name]}
      withAsterisk={false}
      inputWrapperOrder={["label", "input", "description", "error"]}
    />
  );
}
