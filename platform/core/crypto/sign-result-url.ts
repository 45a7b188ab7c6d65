import { createHmac, timingSafeEqual } from "node:crypto";
import type { SigningKey } from "../access/session-tokens.ts";
import { AppError } from "../errors.ts";

const lifetimeS = 300;

function isSame(given: string, right: string) {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Signed addresses of results: valid 5 minutes, for one object of one job (spec rule 6). The first key signs, all verify. */
export function createResultUrls({ keys, publicUrl }: { keys: SigningKey[]; publicUrl: string }) {
  const [first] = keys;
  if (!first) throw new Error("no key signs the results' addresses");
  const sign = ({ secret }: SigningKey, jobId: string, objectName: string, until: number) =>
    createHmac("sha256", secret).update(`result\n${jobId}\n${objectName}\n${until}`).digest("base64url");
  return {
    /** `objectKey` binds the address to this very result: a later one has another. */
    make: (jobId: string, objectKey: string, now: Date) => {
      const until = Math.floor(now.getTime() / 1000) + lifetimeS;
      return `${publicUrl}/api/v1/results/${jobId}?until=${until}&signature=${sign(first, jobId, objectKey, until)}`;
    },
    /** Throws forbidden for a wrong signature and gone for an old one. */
    assertValid: (jobId: string, objectKey: string, until: number, signature: string, now: Date) => {
      const isOurs = keys.some((key) => isSame(signature, sign(key, jobId, objectKey, until)));
      if (!isOurs) throw new AppError("forbidden");
      if (until * 1000 < now.getTime()) throw new AppError("gone");
    },
  };
}

export type ResultUrls = ReturnType<typeof createResultUrls>;
