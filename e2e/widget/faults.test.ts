import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Lab } from "./start-lab.ts";
import { givePhoto, startLab, submit, tryOn, tryOnButton } from "./start-lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.stop());

async function product() {
  const visited = await lab.visit("/products/plain-tee");
  onTestFinished(() => visited.context.close());
  return visited;
}
const balance = async () => {
  const user = await lab.platform.store.users.findById(lab.platform.merchant.user.id);
  return user ? user.credits + user.daily_free_credits : 0;
};

test("an answer that is lost on the way makes no second job", async () => {
  const { page } = await product();
  const before = await balance();
  let sent = 0;
  await page.route("**/api/v1/tryon", async (route) => {
    if (route.request().method() !== "POST") return route.continue();
    sent += 1;
    if (sent > 1) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await tryOn(page);
  expect(sent).toBe(2);
  expect(await balance()).toBe(before - 1);
});

test("a picture that is lost on the way is fetched again by a fresh address", async () => {
  const { page } = await product();
  let asked = 0;
  await page.route("**/results/**", (route) => {
    asked += 1;
    return asked === 1 ? route.abort() : route.continue();
  });
  await tryOn(page);
  expect(asked).toBe(2);
});

test.each([
  ["preview_not_reliable", "A believable picture could not be made of this photo.", false],
  ["garment_shape_unsupported", "This kind of garment cannot be tried on yet.", false],
  ["engine_timeout", "That did not work. Please try again.", true],
])(
  "a job that fails with %s says so, and offers the same photo again only where that can help",
  async (code, words, canRetry) => {
    const { page } = await product();
    await page.route("**/events", (route) =>
      route.fulfill({
        contentType: "text/event-stream",
        headers: { "access-control-allow-origin": lab.shopUrl },
        body: `event: failed\ndata: ${JSON.stringify({ job_id: "x", status: "failed", stage: "fit", progress: 40, eta_ms: null, output_image_url: null, error: { code } })}\n\n`,
      }),
    );
    await givePhoto(page);
    await submit(page);
    await page.getByRole("alert").getByText(words).waitFor();
    expect(await page.getByRole("button", { name: "See it on me" }).count()).toBe(canRetry ? 1 : 0);
    await page.getByRole("button", { name: "Choose another photo" }).waitFor();
  },
);

test("without a connection the dialog says so, and goes on when there is one", async () => {
  const { page } = await product();
  await page.route("**/widget/config", (route) => route.abort());
  await tryOnButton(page).click();
  await page.getByRole("alert").getByText("No connection. Check it and try again.").waitFor();
  await page.unroute("**/widget/config");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("button", { name: "I agree, continue" }).click();
  await page.getByText("Choose a photo").waitFor();
});

test("a result that has expired since is not mourned: the next photo is asked for", async () => {
  const { page } = await product();
  await tryOn(page);
  const id = await page.evaluate(
    () => JSON.parse(sessionStorage.getItem("trailroom-job:plain-tee-moss") ?? "{}").id as string,
  );
  const deleted = await fetch(`${lab.platform.url}/api/v1/tryon/${id}`, {
    method: "DELETE",
    headers: { "x-api-key": lab.platform.merchant.secretKey },
  });
  expect(deleted.ok).toBe(true);
  await page.reload();
  await tryOnButton(page).click();
  await page.getByText("Choose a photo").waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
});
