import type { Page } from "playwright-core";

/** Presses Tab until what has the focus is called so; throws when there is no way. */
export async function tabTo(page: Page, name: RegExp) {
  for (let presses = 0; presses < 60; presses += 1) {
    const label = await page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      if (active === document.body) return "";
      const labels = active instanceof HTMLInputElement ? [...(active.labels ?? [])] : [];
      return [
        active?.getAttribute("aria-label"),
        active?.textContent,
        ...labels.map(({ textContent }) => textContent),
      ].join(" ");
    });
    if (name.test(label)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`no way by Tab to ${name}`);
}
