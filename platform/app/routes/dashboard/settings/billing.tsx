import { NativeSelect, Textarea } from "@mantine/core";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { faults } from "../../../messages/en/faults.ts";
import { settings } from "../../../messages/en/settings.ts";
import { site } from "../../../messages/en/site.ts";
import { states } from "../../../messages/en/states.ts";
import { lineField } from "../../../session/fields.ts";
import { pageAction } from "../../../session/page-action.ts";
import { readForm } from "../../../session/read-form.ts";
import { requirePage } from "../../../session/require-page.ts";
import { SettingsForm } from "../../../ui/form/settings-form.tsx";
import { TextSetting } from "../../../ui/form/text-setting.tsx";
import { useFault } from "../../../ui/form/use-fault.ts";

const words = settings.billing;

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { company, gstin, address, state_code } = (await requirePage({ request, context })).user;
  return { company: company ?? "", gstin: gstin ?? "", address: address ?? "", state: state_code ?? "" };
}

const orNull = (text: string) => text || null;
const fields = z.object({
  company: lineField(120).transform(orNull),
  gstin: lineField(15).toUpperCase().transform(orNull),
  address: z.string().trim().max(500, faults.tooLong).transform(orNull),
  state_code: z
    .string()
    .refine((code) => code === "" || Object.hasOwn(states, code))
    .transform(orNull),
});

export const action = pageAction(async ({ page, context, form }) => {
  await context.accounts.updateProfile(page.user, readForm(fields, form));
  return redirect("/dashboard/settings/billing?done=saved", 303);
});

const stateChoices = [
  { value: "", label: words.noState },
  ...Object.entries(states).map(([value, name]) => ({ value, label: `${name} (${value})` })),
];

export default function Billing() {
  const { company, gstin, address, state } = useLoaderData<typeof loader>();
  const fault = useFault("billing");
  return (
    <SettingsForm intent="billing" title={words.title} lead={words.lead} submit={words.save}>
      <TextSetting
        name="company"
        label={words.company}
        hint={words.companyHint}
        autoComplete="organization"
        maxLength={120}
        defaultValue={company}
        fault={fault}
      />
      <TextSetting
        name="gstin"
        label={words.gstin}
        hint={words.gstinHint}
        maxLength={15}
        autoCapitalize="characters"
        spellCheck={false}
        defaultValue={gstin}
        fault={fault}
      />
      <Textarea
        name="address"
        label={words.address}
        rows={3}
        maxLength={500}
        autoComplete="street-address"
        defaultValue={fault?.values.address ?? address}
        error={fault?.fields.address}
      />
      <NativeSelect
        name="state_code"
        label={words.state}
        data={stateChoices}
        defaultValue={fault?.values.state_code ?? state}
        error={fault?.fields.state_code}
      />
    </SettingsForm>
  );
}
