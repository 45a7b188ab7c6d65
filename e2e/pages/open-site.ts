// The platform with one merchant who has signed in and tried things on, and a browser to look at its pages with.
import { randomBytes } from "node:crypto";
import { hash } from "@node-rs/bcrypt";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchBrowser } from "../browser.ts";
import { createJobClient } from "../jobs/job-client.ts";
import { startPlatform } from "../jobs/start-platform.ts";
import type { ListedPage } from "./page-list.ts";

const password = randomBytes(18).toString("base64url");
const testCost = 4;
const jobs = 3;
/** the same in every run, so that pictures of pages can be compared */
const asha = { email: "asha@example.com", first_name: "Asha", last_name: "Rao" };

/** The framework tells of the loads that it gives up when one acts before they are done: no fault. */
export const isGivenUp = (error: Error) => error.name === "AbortError";

/** What went wrong on a page by its own account: errors of the console, exceptions and broken policies. */
function listenForFaults(page: Page): string[] {
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => !isGivenUp(error) && faults.push(String(error)));
  return faults;
}

async function signIn(browser: Browser, url: string, email: string) {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await page.goto("/login");
  await page.locator("input[name=email]").fill(email);
  await page.locator("input[name=password]").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/dashboard");
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Ended try-ons for the lists to show; the id of the last. */
async function seedJobs(platform: Awaited<ReturnType<typeof startPlatform>>) {
  const client = createJobClient(platform);
  let last = "";
  for (let count = 0; count < jobs; count += 1) {
    last = (await client.accepted()).job_id;
    await client.until(last, ({ status }) => status === "completed");
  }
  return last;
}

/**
 * Starts the platform; `visit` opens a page as the one it is meant for, in a context of its own that ends with it, and
 * `address` is where a listed page is.
 */
export async function openSite() {
  const platform = await startPlatform();
  const { store, merchant } = platform;
  const password_hash = await hash(password, { cost: testCost });
  await store.users.update(merchant.user.id, { ...asha, email_normalised: asha.email, password_hash });
  await platform.start();
  const browser = await launchBrowser();
  const states = { visitor: undefined, merchant: await signIn(browser, platform.url, asha.email) };
  const jobId = await seedJobs(platform);
  return {
    platform,
    address: ({ path }: Pick<ListedPage, "path">) => path.replace(":jobId", jobId),
    visit: async (as: ListedPage["as"], options: BrowserContextOptions = {}) => {
      const context = await browser.newContext({ baseURL: platform.url, storageState: states[as], ...options });
      const page = await context.newPage();
      return { page, faults: listenForFaults(page), leave: () => context.close() };
    },
    close: async () => {
      await browser.close();
      await platform.stop();
    },
  };
}

export type Site = Awaited<ReturnType<typeof openSite>>;
