// MongoDB's error codes for what PostgreSQL and DocumentDB answer. error-codes.csv is DocumentDB's (MIT licence).
import { readFileSync } from "node:fs";

export class MongoError extends Error {
  constructor(code, message, extra = {}, labels = []) {
    super(message);
    Object.assign(this, { code, extra, labels });
  }
}
export const NAMES = {
  8: "UnknownError",
  13: "Unauthorized",
  50: "MaxTimeMSExpired",
  59: "CommandNotFound",
  112: "WriteConflict",
  125: "CommandFailed",
  225: "TransactionTooOld",
  251: "NoSuchTransaction",
  256: "TransactionCommitted",
  303: "CommandNotSupported",
};
export const BY_STATE = new Map(); // SQLSTATE of DocumentDB ("M0001") -> MongoDB code
for (const line of readFileSync(new URL("../error-codes.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .slice(1)) {
  const [name, state, code] = line.split(",");
  BY_STATE.set(state, Number(code));
  NAMES[code] ??= name;
}
export const codeName = (code) => NAMES[code] ?? `Location${code}`;
export const PG_STATES = {
  23505: 11000,
  "23P01": 11000,
  40001: 112,
  "40P01": 112,
  "55P03": 112,
  57014: 50,
  "42P01": 26,
  42501: 13,
  "22P02": 2,
  22023: 2,
  54000: 2,
  "0A000": 115,
};
export const toCode = (state) => BY_STATE.get(state) ?? PG_STATES[state] ?? (state?.startsWith("M") ? 2 : 8);
/** Write errors carry the SQLSTATE packed in an int32, six bits per character. */
export const unpackState = (n) =>
  n < 1 << 24 ? null : [0, 6, 12, 18, 24].map((s) => String.fromCharCode(((n >> s) & 63) + 48)).join("");

export function fromPg(err) {
  if (err instanceof MongoError) return err;
  if (!err.code || !/^[0-9A-Z]{5}$/.test(err.code)) return new MongoError(8, err.message);
  const code = toCode(err.code);
  if (code === 112)
    return new MongoError(
      112,
      `WriteConflict error: this operation conflicted with another operation. Please retry your operation or multi-document transaction. (${err.message})`,
    );
  if (code === 50) return new MongoError(50, "operation exceeded time limit");
  return new MongoError(code, err.message);
}

export const isDown = (e) =>
  ["ECONNREFUSED", "ENOENT", "ECONNRESET", "EPIPE", "57P01", "57P02", "57P03"].includes(e.code) ||
  /^Connection terminated|not queryable/.test(e.message);
