import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Lab } from "./start-lab.ts";
import { givePhoto, listen, startLab, submit, tryOn, tryOnButton } from "./start-lab.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab();
});
afterAll(() => lab?.stop());

const snippet = (name: string, id = name) =>
  `<trailroom-tryon id="${id}" publishable-key="${lab.publishableKey}" product-id="${name}" product-image="${lab.shopUrl}/products/${name}.jpg" mode="top"><button>Try it on</button></trailroom-tryon>`;

/** A page of the test's own, under the strictest policy that the widget allows. */
async function open(body: string, lateMs = 0) {
  const visited = await lab.visit(`${lab.pages.url}/empty`);
  onTestFinished(() => visited.context.close());
  const { page } = visited;
  lab.pages.show(body);
  if (lateMs > 0) {
    await page.route("**/v1/trailroom.js", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, lateMs));
      await route.continue();
    });
  }
  await page.addInitScript(() => {
    const seen = { shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(`${lab.pages.url}/lab`, lateMs > 0 ? { waitUntil: "commit" } : {});
  return visited;
}
const productsOf = async (page: Page) => {
  const jobs = await lab.platform.store.tryOnJobs.findById(
    await page.evaluate(() => {
      const [key] = Object.keys(sessionStorage).filter((name) => name.startsWith("trailroom-job:"));
      return JSON.parse(sessionStorage.getItem(key ?? "") ?? "{}").id as string;
    }),
  );
  return jobs?.product_id;
};

test("the whole flow keeps a policy of script and connect to the platform and blob pictures, with Trusted Types of no name", async () => {
  const { page, faults } = await open(snippet("plain-tee-moss"));
  await tryOn(page);
  await page.getByRole("button", { name: "Download" }).click();
  await page.getByRole("button", { name: "Delete my photo now" }).click();
  await page.getByText("Your photo and the picture are deleted.").waitFor();
  expect(faults).toEqual([]);
});

test.each([
  ["alone in a row of text", (button: string) => `<p>Before ${button} after</p><p>below</p>`],
  ["in a column", (button: string) => `<div>${button}</div><p>below</p>`],
])(
  "the documented snippet without any style does not move the page when the loader comes late: %s",
  async (_, place) => {
    const { page } = await open(place(snippet("plain-tee-moss")), 700);
    const below = page.getByText("below");
    const before = await below.boundingBox();
    expect(await tryOnButton(page).count()).toBe(0);
    await tryOnButton(page).waitFor();
    expect(await below.boundingBox()).toEqual(before);
    expect(await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift)).toBe(0);
  },
);

test("several buttons on a page each have a job and a result of their own, over a reload too", async () => {
  const { page } = await open(snippet("plain-tee-moss", "first") + snippet("polo-navy", "second"));
  lab.hold();
  onTestFinished(() => lab.release());
  for (const id of ["#first", "#second"]) {
    await givePhoto(page, undefined, id);
    await submit(page);
    await page.locator(`${id} dialog`).getByText("Fitting it to you").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  }
  await page.reload();
  lab.release();
  for (const id of ["#first", "#second"]) {
    await tryOnButton(page, id).click();
    await page.locator(id).getByRole("img", { name: "After" }).waitFor();
    await page.keyboard.press("Escape");
  }
  const products = await page.evaluate(() =>
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith("trailroom-job:"))
      .sort(),
  );
  expect(products).toEqual(["trailroom-job:plain-tee-moss", "trailroom-job:polo-navy"]);
});

test("another variant in mid-job: the former result does not come up for it, and it can be tried on", async () => {
  const { page } = await open(snippet("plain-tee-moss"));
  const events = await listen(page);
  lab.hold();
  onTestFinished(() => lab.release());
  await givePhoto(page);
  await submit(page);
  await page.getByText("Fitting it to you").waitFor();
  await page.evaluate(() => {
    const element = document.querySelector("trailroom-tryon");
    element?.setAttribute("product-image", (element.getAttribute("product-image") ?? "").replace("moss", "black"));
    element?.setAttribute("product-id", "plain-tee-black");
  });
  await page.getByRole("button", { name: "See it on me" }).waitFor();
  lab.release();
  await submit(page);
  await page.getByRole("slider").waitFor();
  const results = events.filter(({ name }) => name === "result");
  expect(results).toHaveLength(1);
  expect(results[0]?.detail).toMatchObject({ productId: "plain-tee-black" });
});

test("single-page navigation: the product is that of the page at the time of the tap", async () => {
  const bare = `<trailroom-tryon publishable-key="${lab.publishableKey}"><button>Try it on</button></trailroom-tryon>`;
  const linked = (sku: string) =>
    `<script type="application/ld+json">{"@type":"Product","sku":"${sku}","image":"${lab.shopUrl}/products/${sku}.jpg"}</script>`;
  const { page } = await open(`${linked("plain-tee-moss")}${bare}`);
  await tryOn(page);
  expect(await productsOf(page)).toBe("plain-tee-moss");
  await page.keyboard.press("Escape");
  await page.evaluate(() => {
    history.pushState(null, "", "/lab?next");
    const script = document.querySelector('script[type="application/ld+json"]');
    if (script?.firstChild)
      script.firstChild.nodeValue = (script.textContent ?? "").replaceAll("plain-tee-moss", "tank-sky");
    sessionStorage.removeItem("trailroom-job:plain-tee-moss");
  });
  await tryOnButton(page).click();
  // the photo stays, the result was the former product's
  await submit(page);
  await page.getByRole("slider").waitFor();
  expect(await productsOf(page)).toBe("tank-sky");
});

test("an element that is removed in mid-job leaves no fault, and one that comes back finds the job", async () => {
  const { page, faults } = await open(snippet("plain-tee-moss"));
  lab.hold();
  onTestFinished(() => lab.release());
  await givePhoto(page);
  await submit(page);
  await page.getByText("Fitting it to you").waitFor();
  await page.evaluate(() => {
    const element = document.querySelector("trailroom-tryon") as HTMLElement;
    Object.assign(window, { kept: element });
    element.remove();
  });
  expect(await page.getByRole("dialog").count()).toBe(0);
  await page.evaluate(() => document.body.append((window as unknown as { kept: HTMLElement }).kept));
  await tryOnButton(page).click();
  await page.getByText("Fitting it to you").waitFor();
  lab.release();
  await page.getByRole("img", { name: "After" }).waitFor();
  expect(faults).toEqual([]);
});

test("attributes mirror properties, those set before the script came too", async () => {
  const { page } = await open(`${snippet("plain-tee-moss")}<script></script>`, 700);
  await page.evaluate(() => Object.assign(document.querySelector("trailroom-tryon") as object, { productId: "early" }));
  await tryOnButton(page).waitFor();
  const mirrored = await page.evaluate(() => {
    const element = document.querySelector("trailroom-tryon") as HTMLElement & Record<string, string>;
    const early = element.getAttribute("product-id");
    element.productImage = "https://shop.example/x.jpg";
    element.mode = "full";
    element.lang = "de";
    element.setAttribute("bottom-image", "https://shop.example/y.jpg");
    return {
      early,
      image: element.getAttribute("product-image"),
      mode: element.getAttribute("mode"),
      lang: element.getAttribute("lang"),
      bottom: element.bottomImage,
      base: element.apiBase,
    };
  });
  expect(mirrored).toEqual({
    early: "early",
    image: "https://shop.example/x.jpg",
    mode: "full",
    lang: "de",
    bottom: "https://shop.example/y.jpg",
    base: lab.platform.url,
  });
});

test("a chunk that was lost on the way is fetched again with the next tap", async () => {
  const { page } = await open(snippet("plain-tee-moss"));
  let lost = 0;
  await page.route("**/v1/flow-*.js", (route) => {
    lost += 1;
    return lost === 1 ? route.abort() : route.continue();
  });
  await tryOnButton(page).hover();
  await expect.poll(() => lost, { timeout: 15_000 }).toBe(1);
  await tryOnButton(page).click();
  await page.getByRole("dialog").waitFor();
});

test("only the page's own language is loaded", async () => {
  const { page, asked } = await open(snippet("plain-tee-moss"));
  await page.evaluate(() => document.documentElement.setAttribute("lang", "ar-EG"));
  await tryOnButton(page).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("قبل أن تبدأ").waitFor();
  expect(await dialog.getAttribute("dir")).toBe("rtl");
  expect(
    asked.filter((url) => /\/v1\/[a-z]{2}-[^/]+\.js$/.test(url)).map((url) => /\/v1\/(..)-/.exec(url)?.[1]),
  ).toEqual(["ar"]);
});
