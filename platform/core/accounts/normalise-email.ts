/** Providers that ignore dots and what follows a plus in the local part. */
const foldingProviders = new Set(["gmail.com", "googlemail.com"]);
const plusProviders = new Set([
  ...foldingProviders,
  "outlook.com",
  "hotmail.com",
  "live.com",
  "icloud.com",
  "me.com",
  "fastmail.com",
  "proton.me",
  "protonmail.com",
]);

/** The form under which one person has one free allowance (spec rule 1): lower case, dots and +tags of big providers folded. */
export function normaliseEmail(email: string): string {
  const lower = email.trim().normalize("NFKC").toLowerCase();
  const at = lower.lastIndexOf("@");
  const domain = lower.slice(at + 1);
  let local = lower.slice(0, at);
  if (plusProviders.has(domain)) local = local.split("+")[0] ?? local;
  if (foldingProviders.has(domain)) local = local.replaceAll(".", "");
  return `${local}@${domain === "googlemail.com" ? "gmail.com" : domain}`;
}
