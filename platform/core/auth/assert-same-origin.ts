import { AppError } from "../errors.ts";

const safeMethods = new Set(["GET", "HEAD", "OPTIONS"]);

/** Throws forbidden for a request of the pages that changes something and was not made by a page of ours. Browsers say where a request comes from; one that says nothing is refused too. */
export function assertSameOrigin(method: string, headers: Headers, publicUrl: string) {
  if (safeMethods.has(method)) return;
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isOwn = origin !== null && origin === new URL(publicUrl).origin;
  if ((site !== null && site !== "same-origin") || !isOwn) throw new AppError("forbidden");
}
