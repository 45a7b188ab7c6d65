import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf } from "../testing/code-of.ts";
import type { ApiForTest } from "../testing/make-api.ts";
import { makeApi } from "../testing/make-api.ts";
import { tryOnForm } from "../testing/try-on-form.ts";

let api: ApiForTest;
let photo: Buffer;

beforeAll(async () => {
  api = await makeApi();
  const noise = { create: { width: 400, height: 600, channels: 3 as const, background: "#89a" } };
  photo = await sharp(noise).jpeg().toBuffer();
});
afterAll(() => api.remove());

const post = (headers: Record<string, string>, fields: Parameters<typeof tryOnForm>[0] = {}, path = "/tryon") =>
  api.json(path, {
    method: "POST",
    headers,
    body: tryOnForm({ person_image: photo, top_image: photo, mode: "top", ...fields }),
  });

describe("bad pictures", () => {
  const cases: [string, () => Promise<Buffer>, string][] = [
    [
      "a truncated JPEG",
      async () =>
        (
          await sharp({ create: { width: 900, height: 900, channels: 3, background: "#123" } })
            .jpeg()
            .toBuffer()
        ).subarray(0, 900),
      "422 image_unreadable",
    ],
    [
      "a PNG of 100 megapixels",
      () =>
        sharp({ create: { width: 10_000, height: 10_000, channels: 3, background: "#000" } })
          .png()
          .toBuffer(),
      "413 image_too_large",
    ],
    [
      "an SVG with a script",
      async () => Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
      "415 unsupported_image",
    ],
    ["HTML named .png", async () => Buffer.from("<!doctype html><p>hi"), "415 unsupported_image"],
    [
      "an animated GIF",
      async () => Buffer.from("R0lGODlhAQABAPAAAP///wAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==", "base64"),
      "415 unsupported_image",
    ],
    ["0 bytes", async () => Buffer.alloc(0), "422 image_unreadable"],
    ["11 MB", async () => Buffer.alloc(11_000_000, 255), "413 image_too_large"],
    [
      "a picture of 100 pixels",
      () =>
        sharp({ create: { width: 100, height: 100, channels: 3, background: "#123" } })
          .png()
          .toBuffer(),
      "422 image_too_small",
    ],
  ];
  test.each(cases)("%s is told apart, and nothing is charged", async (_name, make, expected) => {
    const { headers, user } = await api.caller("secret");
    const before = await api.balance({ user });
    expect(codeOf(await post(headers, { person_image: await make() }))).toBe(expected);
    expect(await api.balance({ user })).toEqual(before);
  });

  test("a good request goes through while bad ones are read", async () => {
    const { headers } = await api.caller("secret");
    const bad = cases.map(async ([, make]) => post(headers, { person_image: await make() }));
    expect((await post(headers)).status).toBe(202);
    await Promise.all(bad);
  });

  test("what is stored has no metadata and is upright", async () => {
    const { headers } = await api.caller("secret");
    const withExif = await sharp({ create: { width: 400, height: 600, channels: 3, background: "#89a" } })
      .withExif({ IFD0: { Copyright: "somebody", Orientation: "6" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { body } = await post(headers, { person_image: withExif });
    const job = await api.store.tryOnJobs.findById(body.job_id);
    const stored = await api.deps.objects.get(job?.person_image ?? "");
    const meta = await sharp(stored?.bytes).metadata();
    expect({ width: meta.width, height: meta.height, exif: meta.exif, orientation: meta.orientation }).toEqual({
      width: 600,
      height: 400,
      exif: undefined,
      orientation: undefined,
    });
  });
});
