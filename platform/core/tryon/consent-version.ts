import type { MerchantSettings } from "../model.ts";

const resultsShown = "+results";

/** The consent text that shoppers of this merchant agree to. It names whether the merchant may see results, so that they are asked again when that changes. */
export const consentVersionFor = (version: string, settings: MerchantSettings | null) =>
  settings?.show_shopper_results ? `${version}${resultsShown}` : version;

/** Whether who agreed to this text was told that the merchant may see the result. */
export const tellsOfResults = (version: string | null) => version?.endsWith(resultsShown) ?? false;
