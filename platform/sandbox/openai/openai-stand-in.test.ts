import { readFileSync } from "node:fs";
import path from "node:path";
import OpenAI, { toFile } from "openai";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startOpenAiStandIn } from "./start-openai-stand-in.ts";

const apiKey = "sk-stand-in-test";
const photo = new Uint8Array(readFileSync(path.join(import.meta.dirname, "../../public/v1/models/person-1-thumb.jpg")));

let standIn: Awaited<ReturnType<typeof startOpenAiStandIn>>;
let client: OpenAI;
beforeAll(async () => {
  standIn = await startOpenAiStandIn({ apiKey, today: () => "2026-11-24" });
  client = new OpenAI({ apiKey, baseURL: standIn.baseUrl, maxRetries: 0 });
});
afterEach(() => standIn.heal());
afterAll(() => standIn.stop());

const jpeg = () => toFile(photo, "person.jpg", { type: "image/jpeg" });
const edit = async (over: Record<string, unknown> = {}) =>
  client.images.edit({
    model: "gpt-image-2.6-flare",
    image: [await jpeg(), await jpeg()],
    prompt: "Dress the person.",
    size: "1024x1536",
    quality: "medium",
    output_format: "jpeg",
    ...over,
  } as OpenAI.ImageEditParamsNonStreaming);

test("a good request is answered with a real picture in the form that was asked for, and its bill", async () => {
  for (const [output_format, format] of [
    ["jpeg", "jpeg"],
    ["png", "png"],
    ["webp", "webp"],
  ] as const) {
    const answer = await edit({ output_format, safety_identifier: "a".repeat(64) });
    const picture = await sharp(Buffer.from(answer.data?.[0]?.b64_json ?? "", "base64")).metadata();
    expect(picture).toMatchObject({ format, width: 1024, height: 1536 });
    expect(answer).toMatchObject({ output_format, quality: "medium", size: "1024x1536" });
    const { usage } = answer;
    expect(usage?.input_tokens_details.image_tokens).toBe(2048);
    expect(usage?.total_tokens).toBe((usage?.input_tokens ?? 0) + (usage?.output_tokens ?? 0));
    expect(answer._request_id).toMatch(/^req_/);
  }
  expect((await edit({ n: 2 })).data).toHaveLength(2);
});

test("the shape of a single file and of a list are both understood", async () => {
  expect((await edit({ image: await jpeg() })).data).toHaveLength(1);
});

test("a stream ends with its picture, or with an error inside a 200", async () => {
  const events: { type: string }[] = [];
  for await (const event of await client.images.edit({
    model: "gpt-image-2.6-flare",
    image: await jpeg(),
    prompt: "p",
    stream: true,
  })) {
    events.push(event);
  }
  expect(events.map(({ type }) => type)).toEqual(["image_edit.completed"]);
  standIn.fail("stream_error");
  const broken = await client.images.edit({
    model: "gpt-image-2.6-flare",
    image: await jpeg(),
    prompt: "p",
    stream: true,
  });
  const read = async () => {
    for await (const event of broken) events.push(event);
  };
  await expect(read()).rejects.toMatchObject({ status: undefined, code: "server_error" });
});

const named = (name: string, type: string, bytes: Uint8Array = photo) => toFile(bytes, name, { type });

test.each([
  ["a model that was shut down", () => edit({ model: "gpt-image-1" }), 404, "model_not_found"],
  ["a model that never was", () => edit({ model: "gpt-image-9" }), 404, "model_not_found"],
  ["no model", () => edit({ model: undefined }), 400, "missing_required_parameter"],
  ["no prompt", () => edit({ prompt: "" }), 400, "missing_required_parameter"],
  ["a prompt of 32 001 characters", () => edit({ prompt: "p".repeat(32_001) }), 400, "string_above_max_length"],
  ["a picture without a type", async () => edit({ image: await named("a.bin", "") }), 400, "unsupported_file_mimetype"],
  ["a GIF", async () => edit({ image: await named("a.gif", "image/gif") }), 400, "unsupported_file_mimetype"],
  [
    "a JPEG that calls itself PNG",
    async () => edit({ image: await named("a.png", "image/png") }),
    400,
    "invalid_image_file",
  ],
  ["17 pictures", async () => edit({ image: Array(17).fill(await jpeg()) }), 400, "array_above_max_length"],
  ["bytes that are no file", () => edit({ image: "text" }), 400, "unknown_parameter"],
  ["an unknown parameter", () => edit({ colour: "red" }), 400, "unknown_parameter"],
  ["moderation, which edits do not have", () => edit({ moderation: "low" }), 400, "unknown_parameter"],
  ["input_fidelity on 2.x", () => edit({ input_fidelity: "high" }), 400, "invalid_input_fidelity_model"],
  ["a quality of the finer models", () => edit({ model: "gpt-image-2", quality: "max" }), 400, "invalid_value"],
  ["a side that 16 does not divide", () => edit({ size: "1000x1536" }), 400, "invalid_value"],
  ["a shape beyond 3:1", () => edit({ size: "3200x1024" }), 400, "invalid_value"],
  ["too few pixels", () => edit({ size: "512x512" }), 400, "invalid_value"],
  ["too many pixels", () => edit({ size: "3840x3840" }), 400, "invalid_value"],
  ["a free size on a 1.x model", () => edit({ model: "gpt-image-1.5", size: "1152x1536" }), 400, "invalid_value"],
  ["11 pictures asked for", () => edit({ n: 11 }), 400, "invalid_value"],
  ["compression of a PNG", () => edit({ output_format: "png", output_compression: 50 }), 400, "invalid_value"],
  ["a transparent JPEG", () => edit({ background: "transparent" }), 400, "invalid_value"],
])("%s is refused", async (_name, send, status, code) => {
  const before = standIn.calls.length;
  await expect(send()).rejects.toMatchObject({ status, code });
  expect(standIn.calls).toHaveLength(before);
});

test("input_fidelity is taken where the model has it", async () => {
  expect((await edit({ model: "gpt-image-1.5", input_fidelity: "high" })).data).toHaveLength(1);
  await expect(edit({ model: "gpt-image-1-mini", input_fidelity: "high" })).rejects.toMatchObject({ status: 400 });
});

test("a wrong key is refused everywhere", async () => {
  const stranger = new OpenAI({ apiKey: "sk-other", baseURL: standIn.baseUrl, maxRetries: 0 });
  await expect(stranger.models.list()).rejects.toMatchObject({ status: 401, code: "invalid_api_key" });
});

test("the list of models tells the announced ends and leaves out what is gone", async () => {
  const { data } = await client.models.list();
  const ends = new Map(data.map(({ id, shutdown_date }) => [id, shutdown_date]));
  expect(ends.get("gpt-image-1.5")).toBe("2026-12-01");
  expect(ends.get("gpt-image-2.6-flare")).toBeNull();
  expect(ends.has("gpt-image-1")).toBe(false);
});

test("faults are switched from outside too, so many times, and the calls and what they cost are counted", async () => {
  const control = (body: object) =>
    fetch(`${standIn.origin}/_control`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  expect((await control({ fault: "no such fault" })).status).toBe(400);
  await control({ fault: "rate_limit", times: 1, retryAfter: "7" });
  const billed = standIn.billed();
  const refused = await edit().catch((error: unknown) => error as InstanceType<typeof OpenAI.RateLimitError>);
  expect(refused).toMatchObject({ status: 429, code: "rate_limit_exceeded" });
  expect("headers" in refused && refused.headers?.get("retry-after")).toBe("7");
  await edit();
  const seen = (await (await fetch(`${standIn.origin}/_control`)).json()) as { billed: number };
  expect(seen.billed).toBe(billed + 1);
});
