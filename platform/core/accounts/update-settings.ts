import { AppError } from "../errors.ts";
import type { MerchantSettings } from "../model.ts";
import type { Clock, Store } from "../ports.ts";

export type SettingsPatch = Partial<Omit<MerchantSettings, "user_id" | "created_at" | "updated_at">>;

/** GET /widget/config carries texts and look and stays under 2 kB with everything else in it. */
const mostWidgetBytes = 1200;

const textNames = new Set(["button", "title", "intro", "brand"]);
const lookForms: Record<string, RegExp> = {
  accent: /^#([0-9a-f]{3}|[0-9a-f]{6})$/i,
  accent_text: /^#([0-9a-f]{3}|[0-9a-f]{6})$/i,
  radius: /^([0-9]|[12][0-9]|3[0-2])px$/,
  font: /^[A-Za-z0-9 ,'-]{1,80}$/,
};

/** Throws invalid_request, naming the setting: texts are plain, look values are parsed, nothing is HTML or CSS. */
function assertWidget({ widget_texts, widget_look }: SettingsPatch) {
  const refuse = (field: string, reason: string) => {
    throw new AppError("invalid_request", { details: { [field]: reason } });
  };
  if (widget_texts && !Object.keys(widget_texts).every((name) => textNames.has(name))) {
    refuse("widget_texts", `names are ${[...textNames].join(", ")}`);
  }
  for (const [name, value] of Object.entries(widget_look ?? {})) {
    if (!lookForms[name]?.test(value)) refuse("widget_look", `names are ${Object.keys(lookForms).join(", ")}`);
  }
  const bytes = new TextEncoder().encode(JSON.stringify({ widget_texts, widget_look })).length;
  if (bytes > mostWidgetBytes) refuse("widget_texts", "too long in all");
}

/** Changes an account's settings; what is not named stays. Throws invalid_request. */
export async function updateSettings(
  { store, clock }: { store: Store; clock: Clock },
  userId: string,
  patch: SettingsPatch,
): Promise<MerchantSettings> {
  assertWidget(patch);
  return store.transaction(async (tx) => {
    const seen = await tx.settings.find(userId);
    if (!seen) throw new AppError("not_found");
    const next = { ...seen, ...patch, updated_at: clock.now() };
    await tx.settings.upsert(next);
    return next;
  });
}
