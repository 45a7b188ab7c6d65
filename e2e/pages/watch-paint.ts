import type { Page } from "playwright-core";

interface Paint {
  /** largest paint, ms; NaN before there was one */
  largest: number;
  shift: number;
}

/** Notes paints and shifts from a page's first moment on. */
export const watchPaint = (page: Page) =>
  page.addInitScript(() => {
    const seen = { largest: Number.NaN, shift: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      seen.largest = list.getEntries().at(-1)?.startTime ?? seen.largest;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });

/** What was noted once the page has been painted. */
export async function readPaint(page: Page): Promise<Paint> {
  await page.waitForFunction(() => !Number.isNaN((window as unknown as { seen: Paint }).seen.largest));
  return page.evaluate(() => (window as unknown as { seen: Paint }).seen);
}
