import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "../errors.ts";

const lifetimeS = 300;

/** Signed addresses of results: valid 5 minutes, for one object of one job (spec rule 6). */
export function createResultUrls({ secret, publicUrl }: { secret: string; publicUrl: string }) {
  const sign = (jobId: string, objectName: string, until: number) =>
    createHmac("sha256", secret).update(`result\n${jobId}\n${objectName}\n${until}`).digest("base64url");
  return {
    /** `objectKey` binds the address to this very result: a later one has another. */
    make: (jobId: string, objectKey: string, now: Date) => {
      const until = Math.floor(now.getTime() / 1000) + lifetimeS;
      return `${publicUrl}/api/v1/results/${jobId}?until=${until}&signature=${sign(jobId, objectKey, until)}`;
    },
    /** Throws forbidden for a wrong signature and gone for an old one. */
    assertValid: (jobId: string, objectKey: string, until: number, signature: string, now: Date) => {
      const given = Buffer.from(signature);
      const right = Buffer.from(sign(jobId, objectKey, until));
      if (given.length !== right.length || !timingSafeEqual(given, right)) throw new AppError("forbidden");
      if (until * 1000 < now.getTime()) throw new AppError("gone");
    },
  };
}

export type ResultUrls = ReturnType<typeof createResultUrls>;
