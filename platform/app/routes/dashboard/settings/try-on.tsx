import { Checkbox } from "@mantine/core";
import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { z } from "zod";
import type { SettingsPatch } from "../../../../core/accounts/update-settings.ts";
import { AppError } from "../../../../core/errors.ts";
import type { MerchantSettings } from "../../../../core/model.ts";
import { settings } from "../../../messages/en/settings.ts";
import { site } from "../../../messages/en/site.ts";
import { byIntent } from "../../../session/by-intent.ts";
import { lineField } from "../../../session/fields.ts";
import type { SignedAction } from "../../../session/page-action.ts";
import { pageAction } from "../../../session/page-action.ts";
import { readForm } from "../../../session/read-form.ts";
import { requirePage } from "../../../session/require-page.ts";
import { SettingsForm } from "../../../ui/form/settings-form.tsx";
import { TextSetting } from "../../../ui/form/text-setting.tsx";
import { useFault } from "../../../ui/form/use-fault.ts";
import styles from "./settings.module.css";

const words = settings.tryOn;
const textNames = ["button", "title", "intro", "brand"] as const;
const lookNames = ["accent", "accent_text", "radius", "font"] as const;

export const meta: MetaFunction = () => [{ title: site.titleOf(words.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { user } = await requirePage({ request, context });
  const {
    user_id: _owner,
    created_at: _made,
    updated_at: _changed,
    ...rest
  } = await context.accounts.getSettings(user.id);
  return rest;
}
type Loaded = Awaited<ReturnType<typeof loader>>;

const whole = (least: number, most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, words.number)
    .transform(Number)
    .refine((value) => value >= least && value <= most, words.number);
const budget = z
  .string()
  .trim()
  .regex(/^\d*$/, words.number)
  .transform((text) => (text === "" ? null : Number(text)))
  .refine((value) => value === null || value <= 1_000_000, words.number);
const ticked = (form: FormData, name: string) => form.get(name) === "on";

const privacyFields = z.object({ photo_retention_hours: whole(0, 24), result_retention_hours: whole(1, 720) });
const mostCap = 100;
const limitFields = (most: number) =>
  z.object({ shopper_daily_cap: whole(1, most), daily_key_budget: budget, monthly_key_budget: budget });

function modesOf(form: FormData): SettingsPatch {
  const allowed_modes = (["top", "full"] as const).filter((mode) => ticked(form, `mode_${mode}`));
  if (allowed_modes.length === 0) throw new AppError("invalid_request", { details: { modes: words.noMode } });
  return { allowed_modes, allow_garment_bytes: ticked(form, "allow_garment_bytes") };
}

/** The named fields that hold something: an empty one is the widget's own word. */
function namedTexts(form: FormData, prefix: string, names: readonly string[]) {
  const text = lineField(200);
  const given = readForm(z.object(Object.fromEntries(names.map((name) => [`${prefix}${name}`, text]))), form);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given[`${prefix}${name}`];
      return value ? [[name, value]] : [];
    }),
  );
}

/** A form's patch of the settings, saved. */
const save =
  (patchOf: (form: FormData, present: MerchantSettings) => SettingsPatch) =>
  async ({ page, context, form }: SignedAction) => {
    const present = await context.accounts.getSettings(page.user.id);
    await context.accounts.updateSettings(page.user.id, patchOf(form, present));
    return redirect("/dashboard/settings/try-on?done=saved", 303);
  };

export const action = pageAction(
  byIntent({
    privacy: save((form) => ({ ...readForm(privacyFields, form), show_shopper_results: ticked(form, "show_results") })),
    // the operator may have set a higher cap: it may stay
    limits: save((form, present) => readForm(limitFields(Math.max(mostCap, present.shopper_daily_cap)), form)),
    modes: save(modesOf),
    widget: save((form) => ({
      widget_texts: namedTexts(form, "text_", textNames),
      widget_look: namedTexts(form, "look_", lookNames),
    })),
  }),
);

function PrivacyForm({ loaded }: { loaded: Loaded }) {
  const fault = useFault("privacy");
  return (
    <SettingsForm intent="privacy" title={words.privacyTitle} lead={words.privacyLead} submit={words.savePrivacy}>
      <div className={styles.pair}>
        <TextSetting
          name="photo_retention_hours"
          label={words.photo}
          hint={words.photoHint}
          type="number"
          min={0}
          max={24}
          required
          defaultValue={loaded.photo_retention_hours}
          fault={fault}
        />
        <TextSetting
          name="result_retention_hours"
          label={words.result}
          hint={words.resultHint}
          type="number"
          min={1}
          max={720}
          required
          defaultValue={loaded.result_retention_hours}
          fault={fault}
        />
      </div>
      <Checkbox
        name="show_results"
        label={words.showResults}
        description={words.showResultsHint}
        defaultChecked={loaded.show_shopper_results}
      />
    </SettingsForm>
  );
}

function LimitsForm({ loaded }: { loaded: Loaded }) {
  const fault = useFault("limits");
  return (
    <SettingsForm intent="limits" title={words.limitsTitle} lead={words.limitsLead} submit={words.saveLimits}>
      <TextSetting
        name="shopper_daily_cap"
        label={words.cap}
        hint={words.capHint}
        type="number"
        min={1}
        max={Math.max(mostCap, loaded.shopper_daily_cap)}
        required
        defaultValue={loaded.shopper_daily_cap}
        fault={fault}
      />
      <div className={styles.pair}>
        <TextSetting
          name="daily_key_budget"
          label={words.daily}
          hint={words.dailyHint}
          type="number"
          min={0}
          max={1_000_000}
          defaultValue={loaded.daily_key_budget ?? ""}
          fault={fault}
        />
        <TextSetting
          name="monthly_key_budget"
          label={words.monthly}
          hint={words.monthlyHint}
          type="number"
          min={0}
          max={1_000_000}
          defaultValue={loaded.monthly_key_budget ?? ""}
          fault={fault}
        />
      </div>
    </SettingsForm>
  );
}

function ModesForm({ loaded }: { loaded: Loaded }) {
  return (
    <SettingsForm intent="modes" title={words.modesTitle} submit={words.saveModes}>
      {(["top", "full"] as const).map((mode) => (
        <Checkbox
          key={mode}
          name={`mode_${mode}`}
          label={words.modes[mode]}
          defaultChecked={loaded.allowed_modes.includes(mode)}
        />
      ))}
      <Checkbox
        name="allow_garment_bytes"
        label={words.bytes}
        description={words.bytesHint}
        defaultChecked={loaded.allow_garment_bytes}
      />
    </SettingsForm>
  );
}

function WidgetForm({ loaded }: { loaded: Loaded }) {
  const fault = useFault("widget");
  return (
    <SettingsForm intent="widget" title={words.widgetTitle} lead={words.widgetLead} submit={words.saveWidget}>
      <div className={styles.pair}>
        {textNames.map((name) => (
          <TextSetting
            key={name}
            name={`text_${name}`}
            label={words.texts[name]}
            maxLength={200}
            defaultValue={loaded.widget_texts[name] ?? ""}
            fault={fault}
          />
        ))}
        {lookNames.map((name) => (
          <TextSetting
            key={name}
            name={`look_${name}`}
            label={words.look[name]}
            hint={words.lookHints[name]}
            maxLength={80}
            spellCheck={false}
            defaultValue={loaded.widget_look[name] ?? ""}
            fault={fault}
          />
        ))}
      </div>
    </SettingsForm>
  );
}

export default function TryOnSettings() {
  const loaded = useLoaderData<typeof loader>();
  return (
    <>
      <PrivacyForm loaded={loaded} />
      <LimitsForm loaded={loaded} />
      <ModesForm loaded={loaded} />
      <WidgetForm loaded={loaded} />
    </>
  );
}
