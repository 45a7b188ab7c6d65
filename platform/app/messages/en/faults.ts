import type { ErrorCode } from "../../../core/errors.ts";

const minute = 60;

/** What is said when a form is refused. */
export const faults = {
  /** by code, where the text of the API would not do on a page */
  codes: {
    invalid_request: "Please look at the marked fields.",
    unauthenticated: "That is not right. Please try again.",
    login_throttled: "Too many attempts.",
    rate_limited: "That was asked for too often.",
    session_expired: "This took too long. Please sign in again.",
    account_suspended: "Your account is suspended: you can read everything, but change nothing.",
    email_not_verified: "Verify your e-mail address first.",
  } as Partial<Record<ErrorCode, string>>,
  /** by the reason that core names */
  reasons: {
    missing: "Please choose a picture.",
    "not right": "This is not right.",
    "no live publishable key allows its origin": "None of your live keys allows this address.",
    "each is an origin such as https://shop.example or https://*.shop.example":
      "Each line is an address such as https://shop.example or https://*.shop.example.",
    "each is a host name such as cdn.shop.example": "Each line is a host such as cdn.shop.example.",
    "too many": "These are too many.",
    "not a GSTIN": "This is not a valid GSTIN.",
    "sign in again first": "For this you must have signed in within the last 15 minutes.",
    "names are accent, accent_text, radius, font": "One of the look values is not of its form.",
    "too long in all": "All the words together are too long.",
    "a GSTIN begins with its state's code": "Your GSTIN begins with another state's code.",
    "this link was used or is too old: ask for a new one": "This link was used already or is too old.",
  } as Record<string, string>,
  tryAgainIn: (seconds: number) =>
    seconds < minute
      ? `Try again in ${seconds} second${seconds === 1 ? "" : "s"}.`
      : `Try again in ${Math.ceil(seconds / minute)} minute${seconds <= minute ? "" : "s"}.`,
  required: "Please fill this in.",
  email: "This is not an e-mail address.",
  tooLong: "This is too long.",
  plainLine: "Please use plain text in one line.",
};
