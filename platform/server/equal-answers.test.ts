// Whether an address has an account shows in no answer about it: not in text, status or time, of pages and API alike.
import { hash } from "@node-rs/bcrypt";
import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defaultBcryptOptions } from "../adapters/passwords/create-bcrypt-hasher.ts";
import { hashSecret } from "../core/crypto/hash-secret.ts";
import { userRow } from "../testing/rows.ts";
import type { HttpForTest } from "../testing/start-http.ts";
import { ownPage, startHttp } from "../testing/start-http.ts";

type Body = Record<string, string>;

const accounts = 200;
const slowMs = 120_000;
/** part of an answer's time; a hash left out is all of it, a mail written at once half of it */
const mostDifference = 0.25;
/** a busy machine can spoil a round, but not take a difference in the work out of every one */
const rounds = 5;

const known = (index: number) => `merchant-${index}@shop.example`;
const unknown = (index: number) => `nobody-${index}@shop.example`;
const password = "four-plain-green-kettles";
const spentToken = (purpose: string, index: number) => `${purpose}-spent-${index}`;
const madeUpToken = (purpose: string, index: number) => `${purpose}-guess-${index}`;

let http: HttpForTest;
beforeAll(async () => {
  http = await startHttp();
  const { store } = http.services;
  const password_hash = await hash(password, { cost: defaultBcryptOptions.cost });
  const now = new Date();
  await store.transaction(async (tx) => {
    for (let index = 0; index < accounts; index += 1) {
      const user = userRow({ email: known(index), email_normalised: known(index), password_hash });
      await tx.users.insert({ ...user, is_email_verified: index % 2 === 0 });
      for (const purpose of ["verify_email", "reset_password"] as const) {
        await tx.emailTokens.insert({
          id: uuidv7(),
          user_id: user.id,
          purpose,
          token_hash: hashSecret(spentToken(purpose, index)),
          email: user.email,
          attempts: 0,
          used_at: now,
          expires_at: new Date(now.getTime() + slowMs),
          created_at: now,
        });
      }
    }
  });
}, slowMs);
afterAll(() => http?.remove());

let asked = 0;
/** Each time from another address, so that no limit stands in the way. */
async function ask(path: string, body: Body) {
  asked += 1;
  const remoteAddress = `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`;
  const isApi = path.startsWith("/api/");
  const headers = { ...ownPage, "content-type": isApi ? "application/json" : "application/x-www-form-urlencoded" };
  const init = { method: "POST", headers, body: isApi ? JSON.stringify(body) : new URLSearchParams(body) };
  const began = performance.now();
  const answer = await http.app.request(path, init, { incoming: { socket: { remoteAddress } } });
  const text = await answer.text();
  const ms = performance.now() - began;
  // what differs between any two answers: ids, nonces, and what was typed
  const plain = Object.values(body)
    .reduce((left, typed) => left.replaceAll(typed, "…"), text)
    .replace(/"request_id":"[^"]+"/, "")
    .replaceAll(/nonce(=|":)"[^"]+"/g, "");
  return { ms, said: { status: answer.status, to: answer.headers.get("location"), text: plain } };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

let drawn = 0;
/** Asks about both in turns, now this first and now that; the median of the differences as a part of the median time. */
async function difference(path: string, bodies: (index: number) => [Body, Body], pairs: number) {
  const apart: number[] = [];
  const all: number[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    drawn = (drawn + 1) % accounts;
    const [one, other] = bodies(drawn);
    const isTurned = pair % 2 === 1;
    const first = await ask(path, isTurned ? other : one);
    const second = await ask(path, isTurned ? one : other);
    expect(first.said).toEqual(second.said);
    apart.push(isTurned ? second.ms - first.ms : first.ms - second.ms);
    all.push(first.ms, second.ms);
  }
  return Math.abs(median(apart)) / median(all);
}

const logIn = (index: number): [Body, Body] => [
  { email: known(index), password: `${password}x` },
  { email: unknown(index), password: `${password}x` },
];
const address = (index: number): [Body, Body] => [{ email: known(index) }, { email: unknown(index) }];
const resend = (index: number): [Body, Body] => {
  const [one, other] = address(index);
  return [
    { ...one, intent: "resend" },
    { ...other, intent: "resend" },
  ];
};
const proof = (index: number): [Body, Body] => [
  { token: spentToken("verify_email", index) },
  { token: madeUpToken("verify_email", index) },
];
const reset = (index: number): [Body, Body] => [
  { token: spentToken("reset_password", index), password },
  { token: madeUpToken("reset_password", index), password },
];

test.each([
  ["/api/v1/auth/login", logIn, 3],
  ["/login", logIn, 3],
  ["/api/v1/auth/forgot-password", address, 25],
  ["/forgot-password", address, 25],
  ["/api/v1/auth/verify-email/resend", address, 25],
  ["/verify-email", resend, 25],
  ["/api/v1/auth/verify-email", proof, 25],
  ["/verify-email", proof, 25],
  ["/api/v1/auth/reset-password", reset, 25],
  ["/reset-password", reset, 25],
] as const)(
  "%s answers about an address with an account as about one without",
  async (path, bodies, pairs) => {
    const seen: number[] = [];
    while (seen.length < rounds && !seen.some((part) => part <= mostDifference)) {
      seen.push(await difference(path, bodies, pairs));
    }
    expect(Math.min(...seen)).toBeLessThanOrEqual(mostDifference);
  },
  slowMs,
);
