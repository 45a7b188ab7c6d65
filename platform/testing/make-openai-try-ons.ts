import { readFileSync } from "node:fs";
import path from "node:path";
import { createModelChecker } from "../adapters/engines/openai/create-model-checker.ts";
import type { OpenAiEngineOptions } from "../adapters/engines/openai/create-openai-engine.ts";
import { createOpenAiEngine } from "../adapters/engines/openai/create-openai-engine.ts";
import type { OpenAiModel } from "../adapters/engines/openai/openai-model.ts";
import { createStubEngine } from "../adapters/engines/stub/create-stub-engine.ts";
import type { AlertKind, ImageChecker } from "../core/ports.ts";
import { seedPrompts } from "../core/prompts/seed-prompts.ts";
import { defaultTryOnSettings } from "../core/tryon/settings.ts";
import type { StandInOptions } from "../sandbox/openai/create-openai-stand-in.ts";
import { startOpenAiStandIn } from "../sandbox/openai/start-openai-stand-in.ts";
import { makeApi } from "./make-api.ts";
import { makeClock } from "./make-try-ons.ts";
import { testTime } from "./rows.ts";

const root = path.join(import.meta.dirname, "..", "..");
const read = (file: string) => new Uint8Array(readFileSync(path.join(root, file)));
const personJpeg = read("platform/public/v1/models/person-1.jpg");
export const teeJpeg = read("demo-store/public/products/plain-tee-moss.jpg");
const chinosJpeg = read("demo-store/public/products/chinos-navy.jpg");

export const apiKey = "sk-test-stand-in";

export const modelRow = (id: string, over: Partial<OpenAiModel> = {}): OpenAiModel => ({
  id,
  end_of_life: null,
  quality: "medium",
  sizes: ["1024x1536", "1024x1024", "1536x1024"],
  output_format: "jpeg",
  output_compression: 90,
  price_usd_per_million_tokens: { text_in: 5, image_in: 8, image_out: 30 },
  estimate: { tokens_per_image_in: 1024, tokens_out: 2700 },
  ...over,
});

interface Over {
  engine?: Partial<OpenAiEngineOptions>;
  standIn?: Partial<StandInOptions>;
  checker?: Partial<ImageChecker>;
  capMicroUsd?: number;
}

const formOf = (mode: "top" | "full", garments: ("top" | "bottom")[]) => {
  const form = new FormData();
  const files = { top: teeJpeg, bottom: chinosJpeg };
  form.set("mode", mode);
  form.set("person_image", new Blob([personJpeg], { type: "image/jpeg" }), "person.jpg");
  for (const kind of garments)
    form.set(`${kind}_image`, new Blob([files[kind]], { type: "image/jpeg" }), `${kind}.jpg`);
  return form;
};

/** The engine on a stand-in over HTTP, with everything it says and a clock to move. */
async function startEngine({ engine: over = {}, standIn: standInOver = {}, checker }: Over) {
  const standIn = await startOpenAiStandIn({ apiKey, today: () => "2026-11-24", ...standInOver });
  const clock = makeClock();
  const alerts: { kind: AlertKind; fields: Record<string, unknown> }[] = [];
  const lines: unknown[] = [];
  const note = (fields: unknown, message: unknown) => void lines.push(fields, message);
  const raise = (kind: AlertKind, fields: Record<string, unknown>) => void alerts.push({ kind, fields });
  const parts = {
    clock,
    log: { info: note, warn: note, error: note },
    alerts: { raise },
    checker: createModelChecker({ ...createStubEngine({ waitMs: 0 }), ...checker }),
  };
  const models = [modelRow("gpt-image-2.6-flare"), modelRow("gpt-image-2.5-flare-2026-09-08")];
  const engine = createOpenAiEngine({ apiKey, baseUrl: standIn.baseUrl, models, ...parts, ...over });
  return { standIn, clock, alerts, parts: { ...parts, engine }, logged: () => JSON.stringify([lines, alerts]) };
}

/** The REST API with the OpenAI engine on a stand-in over HTTP. */
export async function makeOpenAiTryOns(over: Over = {}) {
  const { standIn, clock, alerts, parts, logged } = await startEngine(over);
  const { engineCostCapMicroUsd } = defaultTryOnSettings;
  const settings = { ...defaultTryOnSettings, engineCostCapMicroUsd: over.capMicroUsd ?? engineCostCapMicroUsd };
  const api = await makeApi({ deps: { ...parts, settings } });
  await seedPrompts(api.store, testTime);
  const merchant = await api.caller("secret");

  const post = (mode: "top" | "full" = "top", garments: ("top" | "bottom")[] = ["top"]) =>
    api.json("/tryon", { method: "POST", headers: merchant.headers, body: formOf(mode, garments) });
  /** Accepts a job and runs its tries until it ends, moving the clock to each. */
  const runToEnd = async (...what: Parameters<typeof post>) => {
    const { status, body } = await post(...what);
    if (status !== 202) throw new Error(`POST answered ${status}: ${JSON.stringify(body)}`);
    const waits: number[] = [];
    for (;;) {
      await api.service.run(body.job_id);
      const row = await api.store.tryOnJobs.findById(body.job_id);
      if (!row) throw new Error("the job is gone");
      if (row.status !== "queued") return { row, waits, tries: row.retry_count + 1 };
      waits.push(row.run_after.getTime() - clock.now().getTime());
      clock.move(Math.max(0, waits.at(-1) ?? 0));
    }
  };
  return {
    ...api,
    clock,
    alerts,
    standIn,
    merchant,
    engine: parts.engine,
    post,
    runToEnd,
    /** everything that was logged, as one text */
    logged,
    balance: () => api.balance(merchant),
    spentToday: async () => (await api.store.engineCosts.find("openai", "2026-11-24"))?.spent_micro_usd ?? 0,
    remove: async () => {
      await parts.engine.close();
      await standIn.stop();
      await api.remove();
    },
  };
}

export type OpenAiTryOnsForTest = Awaited<ReturnType<typeof makeOpenAiTryOns>>;
