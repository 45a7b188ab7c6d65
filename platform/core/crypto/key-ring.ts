import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import type { SigningKey } from "../access/session-tokens.ts";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/** Encrypts with the first key of the ring, decrypts with any (spec rule 7): AES-256-GCM, `kid.base64url(nonce|tag|text)`. */
export function createKeyRing(keys: SigningKey[]) {
  const [first] = keys;
  if (!first) throw new Error("the key ring is empty");
  const bytesOf = (secret: string) => createHash("sha256").update(secret).digest();
  return {
    /** The text's keyed hash by each key, the encrypting one's first: tells nothing to who has no key, not even by guessing. */
    marksOf: (text: string): string[] =>
      keys.map(({ secret }) => createHmac("sha256", bytesOf(secret)).update(text).digest("base64url")),
    /** of the key that encrypts */
    kid: first.kid,
    encrypt: (text: string): string => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, bytesOf(first.secret), nonce);
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return `${first.kid}.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url")}`;
    },
    /** Throws when the text was changed or its key is not in the ring. */
    decrypt: (sealed: string): string => {
      const dot = sealed.indexOf(".");
      const key = keys.find((one) => one.kid === sealed.slice(0, dot));
      if (!key) throw new Error("no such key in the ring");
      const bytes = Buffer.from(sealed.slice(dot + 1), "base64url");
      const decipher = createDecipheriv(algorithm, bytesOf(key.secret), bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString("utf8");
    },
  };
}

export type KeyRing = ReturnType<typeof createKeyRing>;
