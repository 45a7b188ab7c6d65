import type { Session } from "../auth-model.ts";
import type { mailRequests } from "../mail/mail-types.ts";
import type { User } from "../model.ts";
import { changeEmail } from "./change-email.ts";
import type { PasswordChange } from "./change-password.ts";
import { changePassword } from "./change-password.ts";
import type { AuthDeps, Client } from "./deps.ts";
import { finishMfa } from "./finish-mfa.ts";
import { beginGoogle } from "./google/begin-google.ts";
import type { GoogleAnswer } from "./google/finish-google.ts";
import { finishGoogle } from "./google/finish-google.ts";
import { login } from "./login.ts";
import { disableMfa, renewRecoveryCodes } from "./mfa/disable-mfa.ts";
import { beginMfa, confirmMfa } from "./mfa/enrol-mfa.ts";
import type { Registration } from "./open-account.ts";
import { openAccount } from "./open-account.ts";
import { proveOwner } from "./prove-owner.ts";
import { register } from "./register.ts";
import { requestMail } from "./request-mail.ts";
import { isResetTokenOpen, resetPassword } from "./reset-password.ts";
import { findApiSession, startApiSession } from "./sessions/api-session.ts";
import { endAllSessions, endSession } from "./sessions/end-sessions.ts";
import { findPageSession, startPageSession } from "./sessions/page-session.ts";
import { refreshSession } from "./sessions/refresh-session.ts";
import type { SignedIn } from "./sign-in.ts";
import { verifyEmail } from "./verify-email.ts";

/** A person and the session that they are signed in by. */
export interface Signed {
  user: User;
  session: Session;
}

/** Everything that signing in and staying signed in is made of; the REST API and the pages both stand on it. */
export function createAuthService(deps: AuthDeps) {
  return {
    hasGoogle: deps.identity !== null,
    register: (input: Registration, client: Client) => register(deps, input, client),
    /** the same without a first key: the pages show a key where it is made */
    registerOnPage: (input: Registration, client: Client): Promise<SignedIn> =>
      openAccount(deps, input, client, async () => null),
    login: (input: { email: string; password: string }, client: Client) => login(deps, input, client),
    finishMfa: (input: { mfaToken: string; code: string }, client: Client) => finishMfa(deps, input, client),
    beginGoogle: (input: { wanted: string | undefined; wantsJson: boolean }) => beginGoogle(deps, input),
    finishGoogle: (answer: GoogleAnswer, client: Client) => finishGoogle(deps, answer, client),

    startPageSession: (signedIn: SignedIn, client: Client, formerCookie: string | null) =>
      startPageSession(deps, signedIn, client, formerCookie),
    findPageSession: (cookie: string | null) => findPageSession(deps, cookie),
    startApiSession: (signedIn: SignedIn, client: Client) => startApiSession(deps, signedIn, client),
    findApiSession: (accessToken: string) => findApiSession(deps, accessToken),
    refresh: (refreshToken: string, client: Client) => refreshSession(deps, refreshToken, client),
    listSessions: (userId: string) => deps.store.sessions.listLive(userId, deps.clock.now()),
    endSession: (userId: string, sessionId: string) => endSession(deps, userId, sessionId),
    endAllSessions: (userId: string, client: Client, exceptId?: string) =>
      endAllSessions(deps, userId, client, exceptId),

    verifyEmail: (token: string, client: Client) => verifyEmail(deps, token, client),
    requestMail: (type: (typeof mailRequests)[number], address: string, client: Client) =>
      requestMail(deps, type, address, client),
    isResetTokenOpen: (token: string) => isResetTokenOpen(deps, token),
    resetPassword: (input: { token: string; password: string }, client: Client) => resetPassword(deps, input, client),
    changePassword: (signed: Signed, change: PasswordChange, client: Client) =>
      changePassword(deps, signed, change, client),
    changeEmail: (signed: Signed, change: { email: string; password: string | undefined }, client: Client) =>
      changeEmail(deps, signed, change, client),
    proveOwner: (signed: Signed & { password: string | undefined }, client: Client) => proveOwner(deps, signed, client),

    hasMfa: async (userId: string) => Boolean((await deps.store.mfa.find(userId))?.confirmed_at),
    beginMfa: (user: User) => beginMfa(deps, user),
    confirmMfa: (user: User, code: string, client: Client) => confirmMfa(deps, user, code, client),
    noteSecondFactor: (session: Session) => deps.store.sessions.touch(session.id, { mfa_at: deps.clock.now() }),
    disableMfa: (user: User, code: string, client: Client) => disableMfa(deps, user, code, client),
    renewRecoveryCodes: (user: User, code: string, client: Client) => renewRecoveryCodes(deps, user, code, client),
  };
}

export type AuthService = ReturnType<typeof createAuthService>;
