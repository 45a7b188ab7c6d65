import { v7 as uuidv7 } from "uuid";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { EmailToken, LoginThrottle, Mfa, RefreshToken, Session } from "../../../core/auth-model.ts";
import type { Store } from "../../../core/ports.ts";
import { testTime, userRow } from "../../../testing/rows.ts";

const later = (ms: number) => new Date(testTime.getTime() + ms);
const fifty = Array.from({ length: 50 }, (_, index) => index);
const yes = (answers: unknown[]) => answers.filter(Boolean).length;

const sessionRow = (user_id: string, over: Partial<Session> = {}): Session => ({
  id: uuidv7(),
  user_id,
  kind: "page",
  token_hash: uuidv7(),
  user_agent: "test",
  ip_address: "203.0.113.9",
  mfa_at: null,
  last_seen_at: testTime,
  expires_at: later(1000),
  revoked_at: null,
  created_at: testTime,
  ...over,
});
const refreshRow = (session_id: string, over: Partial<RefreshToken> = {}): RefreshToken => ({
  id: uuidv7(),
  session_id,
  user_id: "u",
  token_hash: uuidv7(),
  spent_at: null,
  is_leeway_used: false,
  expires_at: later(1000),
  created_at: testTime,
  ...over,
});
const emailTokenRow = (user_id: string, over: Partial<EmailToken> = {}): EmailToken => ({
  id: uuidv7(),
  user_id,
  purpose: "verify_email",
  token_hash: uuidv7(),
  email: "a@example.com",
  attempts: 0,
  used_at: null,
  expires_at: later(1000),
  created_at: testTime,
  ...over,
});

/** The contract of the Store port's sign-in part: every implementation passes exactly these. */
export function describeAuthStore(name: string, make: () => Promise<{ store: Store; remove: () => Promise<void> }>) {
  describe(`sign-in store contract: ${name}`, () => {
    let store: Store;
    let remove: () => Promise<void>;
    beforeAll(async () => {
      ({ store, remove } = await make());
    });
    afterAll(() => remove());

    test("an account is found by what the identity provider calls it", async () => {
      const user = userRow({ google_sub: uuidv7(), auth_provider: "google" });
      await store.users.insert(user);
      expect(await store.users.findByGoogleSub(user.google_sub ?? "")).toEqual(user);
      expect(await store.users.findByGoogleSub("nobody")).toBeNull();
    });

    test("a session is read back, patched while it lives, and revoked by its owner alone", async () => {
      const session = sessionRow(uuidv7());
      await store.sessions.insert(session);
      expect(await store.sessions.findById(session.id)).toEqual(session);
      expect(await store.sessions.findByTokenHash(session.token_hash)).toEqual(session);
      expect(await store.sessions.touch(session.id, { mfa_at: later(1), expires_at: later(2000) })).toBe(true);
      expect(await store.sessions.revoke("somebody", session.id, later(2))).toBe(false);
      expect(await store.sessions.revoke(session.user_id, session.id, later(2))).toBe(true);
      expect(await store.sessions.revoke(session.user_id, session.id, later(3))).toBe(false);
      expect(await store.sessions.touch(session.id, { last_seen_at: later(3) })).toBe(false);
      const after = { ...session, mfa_at: later(1), expires_at: later(2000), revoked_at: later(2) };
      expect(await store.sessions.findById(session.id)).toEqual(after);
    });

    test("live sessions are listed newest first, all of them end at once but one, old ones go", async () => {
      const user = uuidv7();
      const rows = [0, 1, 2].map((index) => sessionRow(user, { created_at: later(index) }));
      for (const row of [...rows, sessionRow(user, { expires_at: testTime })]) await store.sessions.insert(row);
      const ids = async () => (await store.sessions.listLive(user, testTime)).map(({ id }) => id);
      const [first, second, third] = rows.map(({ id }) => id);
      expect(await ids()).toEqual([third, second, first]);
      expect(await store.sessions.revokeAll(user, later(5), second)).toBe(3);
      expect(await ids()).toEqual([second]);
      expect(await store.sessions.revokeAll(user, later(5))).toBe(1);
      expect(await store.sessions.deleteExpired(later(1), 1000)).toBeGreaterThanOrEqual(1);
      expect(await store.sessions.findById(first ?? "")).not.toBeNull();
    });

    test("of 50 that spend one refresh token one succeeds, and of 50 that take the leeway one", async () => {
      const token = refreshRow(uuidv7());
      await store.refreshTokens.insert(token);
      const spent = await Promise.all(fifty.map(() => store.refreshTokens.spend(token.token_hash, later(1))));
      expect(spent.filter(Boolean)).toEqual([{ ...token, spent_at: later(1) }]);
      expect(await store.refreshTokens.findByHash(token.token_hash)).toEqual({ ...token, spent_at: later(1) });
      expect(yes(await Promise.all(fifty.map(() => store.refreshTokens.takeLeeway(token.id))))).toBe(1);
      expect(await store.refreshTokens.spend("nothing", testTime)).toBeNull();
    });

    test("an expired refresh token is not spent; the last one spent of a family is found", async () => {
      const family = uuidv7();
      const [old, first, second] = [
        refreshRow(family, { expires_at: testTime }),
        refreshRow(family),
        refreshRow(family),
      ] as const;
      for (const row of [old, first, second]) await store.refreshTokens.insert(row);
      expect(await store.refreshTokens.spend(old.token_hash, testTime)).toBeNull();
      expect(await store.refreshTokens.findLastSpent(family)).toBeNull();
      await store.refreshTokens.spend(second.token_hash, later(1));
      await store.refreshTokens.spend(first.token_hash, later(2));
      expect((await store.refreshTokens.findLastSpent(family))?.id).toBe(first.id);
      expect(await store.refreshTokens.deleteExpired(later(1), 1000)).toBeGreaterThanOrEqual(1);
      expect(await store.refreshTokens.findByHash(old.token_hash)).toBeNull();
    });

    test("a mailed token works once, for its purpose, in its time", async () => {
      const token = emailTokenRow(uuidv7());
      const old = emailTokenRow(uuidv7(), { expires_at: later(10) });
      for (const row of [token, old]) await store.emailTokens.insert(row);
      expect(await store.emailTokens.findByHash(token.token_hash)).toEqual(token);
      expect(await store.emailTokens.consume(token.token_hash, ["reset_password"], testTime)).toBeNull();
      expect(await store.emailTokens.consume(old.token_hash, ["verify_email"], later(10))).toBeNull();
      const used = await Promise.all(
        fifty.map(() => store.emailTokens.consume(token.token_hash, ["change_email", "verify_email"], later(1))),
      );
      expect(used.filter(Boolean)).toEqual([{ ...token, used_at: later(1) }]);
      expect(await store.emailTokens.deleteExpired(later(11), 1000)).toBeGreaterThanOrEqual(1);
    });

    test("attempts on a token are counted up to a most; an account's tokens are voided by purpose", async () => {
      const token = emailTokenRow(uuidv7(), { purpose: "mfa" });
      const other = emailTokenRow(token.user_id);
      for (const row of [token, other]) await store.emailTokens.insert(row);
      expect(yes(await Promise.all(fifty.map(() => store.emailTokens.countAttempt(token.id, 5))))).toBe(5);
      await store.emailTokens.voidAll(token.user_id, ["mfa"], later(1));
      expect(await store.emailTokens.consume(token.token_hash, ["mfa"], later(2))).toBeNull();
      expect(await store.emailTokens.consume(other.token_hash, ["verify_email"], later(2))).not.toBeNull();
    });

    test("a second factor is begun anew until confirmed; a time step and a recovery code work once", async () => {
      const user_id = uuidv7();
      const mfa: Mfa = {
        user_id,
        sealed_secret: "one",
        confirmed_at: null,
        last_step: 0,
        created_at: testTime,
        updated_at: testTime,
      };
      expect(await store.mfa.find(user_id)).toBeNull();
      expect(await store.mfa.begin(mfa)).toBe(true);
      expect(await store.mfa.begin({ ...mfa, sealed_secret: "two" })).toBe(true);
      expect(await store.mfa.spendStep(user_id, 5, testTime)).toBe(false);
      expect(yes(await Promise.all(fifty.map(() => store.mfa.confirm(user_id, 7, later(1)))))).toBe(1);
      expect(await store.mfa.begin(mfa)).toBe(false);
      const confirmed = { ...mfa, sealed_secret: "two", confirmed_at: later(1), last_step: 7, updated_at: later(1) };
      expect(await store.mfa.find(user_id)).toEqual(confirmed);
      expect(await store.mfa.spendStep(user_id, 7, later(2))).toBe(false);
      expect(yes(await Promise.all(fifty.map(() => store.mfa.spendStep(user_id, 8, later(2)))))).toBe(1);
      const codes = ["a", "b"].map((code_hash) => ({
        id: uuidv7(),
        user_id,
        code_hash,
        used_at: null,
        created_at: testTime,
      }));
      await store.mfa.insertCodes(codes);
      expect(yes(await Promise.all(fifty.map(() => store.mfa.spendCode(user_id, "a", later(3)))))).toBe(1);
      expect(await store.mfa.spendCode("somebody", "b", later(3))).toBe(false);
      expect(await store.mfa.countUnusedCodes(user_id)).toBe(1);
      await store.mfa.deleteCodes(user_id);
      expect(await store.mfa.countUnusedCodes(user_id)).toBe(0);
      await store.mfa.remove(user_id);
      expect(await store.mfa.find(user_id)).toBeNull();
    });

    test("a sign-in under way is taken once, with its cookie, in its time", async () => {
      const state = {
        state_hash: uuidv7(),
        cookie_hash: "cookie",
        nonce: "n",
        sealed_verifier: "v",
        return_path: "/dashboard",
        wants_json: false,
        expires_at: later(1000),
        created_at: testTime,
      };
      await store.oauthStates.insert(state);
      expect(await store.oauthStates.take(state.state_hash, "another", testTime)).toBeNull();
      const taken = await Promise.all(fifty.map(() => store.oauthStates.take(state.state_hash, "cookie", testTime)));
      expect(taken.filter(Boolean)).toEqual([state]);
      await store.oauthStates.insert(state);
      expect(await store.oauthStates.take(state.state_hash, "cookie", later(1000))).toBeNull();
      await store.oauthStates.insert(state);
      expect(await store.oauthStates.deleteExpired(later(1001), 10)).toBe(1);
    });

    test("a throttle is made once and replaced only as it was seen", async () => {
      const row: LoginThrottle = { subject: uuidv7(), attempts: 1, blocked_until: testTime, expires_at: later(1000) };
      expect(yes(await Promise.all(fifty.map(() => store.loginThrottles.insertOnce(row))))).toBe(1);
      const next = { ...row, attempts: 2, blocked_until: later(5) };
      expect(yes(await Promise.all(fifty.map(() => store.loginThrottles.replace(row, next))))).toBe(1);
      expect(await store.loginThrottles.find(row.subject)).toEqual(next);
      expect(await store.loginThrottles.deleteExpired(later(1000), 10)).toBe(0);
      expect(await store.loginThrottles.deleteExpired(later(1001), 10)).toBe(1);
      await store.loginThrottles.insertOnce(row);
      await store.loginThrottles.remove(row.subject);
      expect(await store.loginThrottles.find(row.subject)).toBeNull();
    });

    test("an event with a subject is kept once and found by it; old events go", async () => {
      const subject = uuidv7();
      const event = () => ({
        id: uuidv7(),
        kind: "known_ip",
        user_id: "u",
        api_key_id: null,
        detail: {},
        ip_address: null,
        created_at: testTime,
      });
      expect(await store.authEvents.hasSubject(subject)).toBe(false);
      expect(yes(await Promise.all(fifty.map(() => store.authEvents.insertOnce(event(), subject))))).toBe(1);
      expect(await store.authEvents.hasSubject(subject)).toBe(true);
      expect(await store.authEvents.deleteBefore(later(1), 1000)).toBeGreaterThanOrEqual(1);
      expect(await store.authEvents.hasSubject(subject)).toBe(false);
    });
  });
}
