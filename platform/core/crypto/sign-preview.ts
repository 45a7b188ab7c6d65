import { createHmac, timingSafeEqual } from "node:crypto";
import type { SigningKey } from "../access/session-tokens.ts";
import { AppError } from "../errors.ts";

const lifetimeS = 3600;
const longest = 2000;

/** What a preview is granted for: one account, one product, pages of one origin. */
export interface PreviewGrant {
  userId: string;
  productId: string;
  origin: string;
}

function isSame(given: string, right: string) {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Signed leave for a merchant's own previews, valid for an hour. The first key signs, all verify. */
export function createPreviewTokens(keys: SigningKey[]) {
  const [first] = keys;
  if (!first) throw new Error("no key signs previews");
  const sign = ({ secret }: SigningKey, body: string) =>
    createHmac("sha256", secret).update(`preview\n${body}`).digest("base64url");
  return {
    make: ({ userId, productId, origin }: PreviewGrant, now: Date) => {
      const until = Math.floor(now.getTime() / 1000) + lifetimeS;
      const body = Buffer.from(JSON.stringify([userId, productId, origin, until])).toString("base64url");
      return { token: `${body}.${sign(first, body)}`, until: new Date(until * 1000) };
    },
    /** Throws forbidden for what we never signed and token_expired for what is old. */
    read: (token: string, now: Date): PreviewGrant => {
      const [body = "", signature = ""] = token.slice(0, longest).split(".");
      if (!keys.some((key) => isSame(signature, sign(key, body)))) throw new AppError("forbidden");
      const [userId, productId, origin, until] = JSON.parse(Buffer.from(body, "base64url").toString());
      if (until * 1000 <= now.getTime()) throw new AppError("token_expired");
      return { userId, productId, origin };
    },
  };
}

export type PreviewTokens = ReturnType<typeof createPreviewTokens>;
