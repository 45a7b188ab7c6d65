import { randomInt } from "node:crypto";

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Random characters of 0-9A-Za-z, without modulo bias. */
export const randomBase62 = (length: number) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join("");
