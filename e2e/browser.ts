import type { Browser } from "playwright-core";
import { chromium } from "playwright-core";

/** Debian's Chromium, quiet and sandbox-less as root needs it. CHROMIUM_PATH comes from `npm test`. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
