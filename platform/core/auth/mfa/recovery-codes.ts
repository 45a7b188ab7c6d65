import { randomInt } from "node:crypto";
import { v7 as uuidv7 } from "uuid";
import { hashSecret } from "../../crypto/hash-secret.ts";
import type { Repositories } from "../../ports.ts";

const count = 10;
/** without what is mistaken for one another */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
const half = 6;

const randomPart = () => Array.from({ length: half }, () => alphabet[randomInt(alphabet.length)]).join("");

/** Codes are long and random: a fast hash is enough; spaces and dashes do not count. */
export const hashRecoveryCode = (userId: string, code: string) =>
  hashSecret(`${userId}:${code.toLowerCase().replace(/[\s-]/g, "")}`);

/** Puts ten new codes in the place of the old ones and returns them: they are shown once. Runs inside a transaction. */
export async function replaceRecoveryCodes(tx: Repositories, userId: string, now: Date): Promise<string[]> {
  const codes = Array.from({ length: count }, () => `${randomPart()}-${randomPart()}`);
  await tx.mfa.deleteCodes(userId);
  await tx.mfa.insertCodes(
    codes.map((code) => ({
      id: uuidv7(),
      user_id: userId,
      code_hash: hashRecoveryCode(userId, code),
      used_at: null,
      created_at: now,
    })),
  );
  return codes;
}
