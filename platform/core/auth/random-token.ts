import { randomBytes } from "node:crypto";

/** A token that nobody guesses: 32 random bytes. Only its hash is kept. */
export const randomToken = () => randomBytes(32).toString("base64url");
