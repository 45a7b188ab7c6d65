import { Secret, TOTP } from "otpauth";

const issuer = "TrailRoom";
const periodS = 30;
const form = /^\d{6}$/;

const totpOf = (secret: string, label: string) =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), digits: 6, period: periodS, algorithm: "SHA1" });

/** A new secret as authenticators take it: base32, 160 bits. */
export const newTotpSecret = () => new Secret({ size: 20 }).base32;

/** What the QR code says. */
export const totpUrl = (secret: string, email: string) => totpOf(secret, email).toString();

/** The time step whose code this is, one step early or late allowed; null when it is none's. */
export function matchTotp(secret: string, code: string, now: Date): number | null {
  const token = code.replaceAll(" ", "");
  if (!form.test(token)) return null;
  const delta = totpOf(secret, "").validate({ token, timestamp: now.getTime(), window: 1 });
  return delta === null ? null : Math.floor(now.getTime() / 1000 / periodS) + delta;
}
