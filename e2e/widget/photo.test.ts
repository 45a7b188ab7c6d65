import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Lab } from "./start-lab.ts";
import { givePhoto, personPhoto, startLab, submit, tryOn, tryOnButton } from "./start-lab.ts";

let lab: Lab;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "trailroom-photos-"));
  lab = await startLab();
});
afterAll(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function product(options = {}) {
  const visited = await lab.visit("/products/plain-tee", options);
  onTestFinished(() => visited.context.close());
  return visited;
}

/** The photo as the browser hands it to the network: read where the check's form is made. */
async function uploads(page: Page) {
  await page.addInitScript(() => {
    const set = FormData.prototype.set;
    FormData.prototype.set = function (this: FormData, name: string, value: string | Blob, file?: string) {
      if (name === "person_image" && value instanceof Blob) Object.assign(window, { uploaded: value });
      return set.apply(this, (file ? [name, value, file] : [name, value]) as Parameters<typeof set>);
    } as typeof set;
  });
  await page.reload();
  return async () => {
    const bytes = await page.evaluate(async () => [
      ...new Uint8Array(await (window as unknown as { uploaded: Blob }).uploaded.arrayBuffer()),
    ]);
    return Buffer.from(bytes);
  };
}

test("a 50-megapixel photo from a phone goes out upright, 1536 pixels long, without its metadata", async () => {
  const file = path.join(folder, "phone.jpg");
  await sharp(personPhoto)
    .rotate(-90)
    .resize(8192, 6144, { fit: "cover" })
    .withExif({ IFD0: { Make: "Phone", Copyright: "somebody" }, IFD3: { GPSLatitudeRef: "N" } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 60 })
    .toFile(file);
  const { page } = await product();
  const uploaded = await uploads(page);
  await givePhoto(page, file);
  await page.getByRole("button", { name: "See it on me" }).waitFor({ timeout: 60_000 });
  const sent = await uploaded();
  const meta = await sharp(sent).metadata();
  expect(meta).toMatchObject({ format: "jpeg", width: 1152, height: 1536 });
  expect([meta.exif, meta.xmp, meta.iptc, meta.orientation]).toEqual([undefined, undefined, undefined, undefined]);
  // upright: the sample's pale wall is above the head, the trousers are below
  const [top, bottom] = await Promise.all(
    [0, 1436].map(
      async (y) =>
        (await sharp(sent).extract({ left: 476, top: y, width: 200, height: 100 }).stats()).channels[2]?.mean,
    ),
  );
  const upright = await sharp(personPhoto).resize(1152, 1536, { fit: "cover" }).toBuffer();
  const [wall, below] = await Promise.all(
    [0, 1436].map(
      async (y) =>
        (await sharp(upright).extract({ left: 476, top: y, width: 200, height: 100 }).stats()).channels[2]?.mean,
    ),
  );
  expect(Math.abs((top ?? 0) - (wall ?? 99))).toBeLessThan(12);
  expect(Math.abs((bottom ?? 0) - (below ?? 99))).toBeLessThan(12);
}, 120_000);

test("what the browser cannot decode is told in a plain sentence, and nothing is uploaded", async () => {
  const file = path.join(folder, "broken.jpg");
  writeFileSync(file, "this is no picture");
  const { page, asked } = await product();
  await givePhoto(page, file);
  await page.getByRole("alert").getByText("This picture cannot be opened here. Choose a JPEG or PNG photo.").waitFor();
  expect(asked.some((url) => url.includes("/tryon"))).toBe(false);
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(personPhoto);
  await page.getByRole("button", { name: "See it on me" }).waitFor();
});

test.each([
  ["several_people_detected", "More than one person is in the photo. Choose one that shows only you."],
  ["person_cropped", "Part of you is cut off. Choose a photo from head to hips."],
  ["photo_too_blurred", "The photo is blurred. Choose a sharper one."],
])("%s is told with a hint as soon as the photo is chosen", async (code, words) => {
  const { page } = await product();
  const problems = [{ code, message: "", hint: "" }];
  await page.route("**/tryon/check", (route) => route.fulfill({ json: { ok: false, problems } }));
  await givePhoto(page);
  await page.getByRole("alert").getByText(words).waitFor();
  expect(await page.getByRole("button", { name: "See it on me" }).count()).toBe(0);
});

test("a check that was lost on the way is tried again with the same photo", async () => {
  const { page } = await product();
  let checks = 0;
  await page.route("**/tryon/check", (route) => {
    checks += 1;
    return checks === 1 ? route.abort() : route.continue();
  });
  await givePhoto(page);
  await page.getByRole("alert").getByText("No connection").waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: "See it on me" }).waitFor();
});

test("the camera counts down, takes the photo, and lets go of the device", async () => {
  const { page } = await product({ permissions: ["camera"] });
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { tracks });
    navigator.mediaDevices.getUserMedia = async () => {
      const canvas = document.createElement("canvas");
      canvas.width = 720;
      canvas.height = 1280;
      setInterval(() => canvas.getContext("2d")?.fillRect(0, 0, Math.random() * 720, 1280), 50);
      const stream = canvas.captureStream();
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
  await page.reload();
  await tryOnButton(page).click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.getByRole("button", { name: "Take a photo" }).click();
  await page.getByRole("button", { name: "Take it" }).click();
  await page.getByText("3", { exact: true }).waitFor();
  await page.getByRole("img", { name: "Your photo" }).waitFor();
  await page.getByRole("button", { name: "See it on me" }).waitFor();
  const states = await page.evaluate(() =>
    (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map(({ readyState }) => readyState),
  );
  expect(states).toEqual(["ended"]);
});

test("a camera that is refused is told, with a way on", async () => {
  const { page } = await product();
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await page.reload();
  await tryOnButton(page).click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.getByRole("button", { name: "Take a photo" }).click();
  await page.getByRole("alert").getByText("The camera cannot be used here. Choose a photo instead.").waitFor();
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByText("Choose a photo").waitFor();
});

test("a sample person is tried on like a photo", async () => {
  const { page } = await product();
  await tryOnButton(page).click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.getByRole("button", { name: "Sample person 3" }).click();
  await submit(page);
  await page.getByRole("slider").waitFor();
});

const databases = (page: Page) => page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
const keptBytes = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const request = indexedDB.open("trailroom", 1);
        request.onsuccess = () => {
          const read = request.result.transaction("photos").objectStore("photos").get("last");
          read.onsuccess = () => {
            request.result.close();
            resolve((read.result as Blob | undefined)?.size ?? 0);
          };
        };
      }),
  );

test("without the shopper's wish no photo is kept on the device", async () => {
  const { page } = await product();
  await tryOn(page);
  expect(await databases(page)).toEqual([]);
  await page.reload();
  await tryOnButton(page).click();
  await page.getByRole("button", { name: "Try another photo" }).click();
  await page.getByText("Choose a photo").waitFor();
  expect(await page.getByRole("button", { name: "Use my last photo" }).count()).toBe(0);
});

test("with the wish it is there next time, on this device alone, for 30 days", async () => {
  const { page } = await product();
  await tryOnButton(page).click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.getByLabel("Keep my photo on this device for next time").check();
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(personPhoto);
  await submit(page);
  await page.getByRole("slider").waitFor();
  await expect.poll(() => keptBytes(page), { timeout: 15_000 }).toBeGreaterThan(10_000);

  await page.clock.setFixedTime(Date.now() + 29 * 86_400_000);
  await page.evaluate(() => sessionStorage.clear());
  await page.reload();
  await tryOnButton(page).click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  expect(await page.getByLabel("Keep my photo on this device for next time").isChecked()).toBe(true);
  await page.getByRole("button", { name: "Use my last photo" }).click();
  await page.getByRole("button", { name: "See it on me" }).waitFor();

  await page.clock.setFixedTime(Date.now() + 31 * 86_400_000);
  await page.reload();
  await tryOnButton(page).click();
  await page.getByText("Choose a photo").waitFor();
  expect(await page.getByRole("button", { name: "Use my last photo" }).count()).toBe(0);
  await expect.poll(() => keptBytes(page), { timeout: 15_000 }).toBe(0);
});

test("unticking forgets the kept photo at once", async () => {
  const { page } = await product();
  await tryOnButton(page).click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  const keep = page.getByLabel("Keep my photo on this device for next time");
  await keep.check();
  await page.locator("trailroom-tryon input[type=file]").setInputFiles(personPhoto);
  await submit(page);
  await page.getByRole("slider").waitFor();
  await expect.poll(() => keptBytes(page), { timeout: 15_000 }).toBeGreaterThan(10_000);
  await page.getByRole("button", { name: "Try another photo" }).click();
  await keep.uncheck();
  await expect.poll(() => keptBytes(page), { timeout: 15_000 }).toBe(0);
});
