import { createHash } from "node:crypto";

/** How keys and tokens are kept: SHA-256, hex. They are random and long, so no salt or slow hash is needed. */
export const hashSecret = (secret: string) => createHash("sha256").update(secret).digest("hex");
