import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ImageChecker } from "../core/ports.ts";
import { codeOf } from "../testing/code-of.ts";
import type { ApiForTest } from "../testing/make-api.ts";
import { makeApi } from "../testing/make-api.ts";
import { tryOnForm } from "../testing/try-on-form.ts";

let api: ApiForTest;
let photo: Buffer;
let problems: string[] = [];

/** Finds `problems`. */
const checker: ImageChecker = { checkPerson: async () => problems, checkGarment: async () => problems };

beforeAll(async () => {
  api = await makeApi({ deps: { checker } });
  photo = await sharp({ create: { width: 400, height: 600, channels: 3, background: "#89a" } })
    .jpeg()
    .toBuffer();
});
afterEach(() => {
  problems = [];
});
afterAll(() => api.remove());

type Headers = Record<string, string>;
const post = (headers: Headers) => {
  const body = tryOnForm({ person_image: photo, top_image: photo, mode: "top", consent_version: "1" });
  return api.json("/tryon", { method: "POST", headers, body });
};
const check = (headers: Headers, fields: Record<string, string | Buffer>) =>
  api.json("/tryon/check", { method: "POST", headers, body: tryOnForm(fields) });

describe("checks", () => {
  test("a photo answers 200 with its problems, each with a message and a hint", async () => {
    const { headers } = await api.caller("secret");
    problems = ["several_people_detected", "photo_too_blurred"];
    const { status, body } = await check(headers, { person_image: photo });
    expect([status, body.ok]).toEqual([200, false]);
    expect(body.problems).toEqual(
      problems.map((code) => ({ code, message: expect.any(String), hint: expect.stringMatching(/\w/) })),
    );
    expect((await check(headers, { person_image: Buffer.from([0xff, 0xd8, 0xff, 1]) })).body).toMatchObject({
      ok: false,
      problems: [{ code: "image_unreadable" }],
    });
    expect(codeOf(await check(headers, { person_image: Buffer.from("<svg/>") }))).toBe("415 unsupported_image");
    expect(codeOf(await check(headers, { person_image: Buffer.alloc(11_000_000, 255) }))).toBe("413 image_too_large");
  });

  test("a garment that cannot be tried on is 422, here and then at POST, and costs nothing", async () => {
    const { headers, user } = await api.caller("secret");
    const before = await api.balance({ user });
    expect(await check(headers, { bottom_image: photo })).toMatchObject({
      status: 200,
      body: { ok: true, problems: [] },
    });
    problems = ["garment_shape_unsupported"];
    const refused = await check(headers, { top_image: photo });
    expect(codeOf(refused)).toBe("422 garment_shape_unsupported");
    expect(refused.body).toMatchObject({ ok: false, problems: [{ code: "garment_shape_unsupported" }] });
    expect(codeOf(await post(headers))).toBe("422 garment_shape_unsupported");
    expect(await api.balance({ user })).toEqual(before);
  });

  test("exactly one picture is taken", async () => {
    const { headers } = await api.caller("secret");
    expect(codeOf(await check(headers, {}))).toBe("400 invalid_request");
    expect(codeOf(await check(headers, { person_image: photo, top_image: photo }))).toBe("400 invalid_request");
  });
});
