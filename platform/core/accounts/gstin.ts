const form = /^\d{2}[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/;
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** Whether this is a GSTIN: its form, and its last character is the check sum of the others. */
export function isGstin(text: string): boolean {
  if (!form.test(text)) return false;
  let sum = 0;
  for (const [index, character] of [...text.slice(0, 14)].entries()) {
    const product = alphabet.indexOf(character) * (index % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return alphabet[(36 - (sum % 36)) % 36] === text[14];
}
