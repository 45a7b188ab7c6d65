/** The ports beside the Store that signing in needs: passwords, identity provider, mail. */

/** Slow hashes of passwords, off the event loop and a few at once. */
export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With null it works as long and answers false: an unknown address must not answer sooner. */
  verify(password: string, hash: string | null): Promise<boolean>;
}

/** Who somebody is at the identity provider, all checks passed. */
export interface ProvenIdentity {
  sub: string;
  email: string;
  isEmailVerified: boolean;
  firstName: string | null;
  lastName: string | null;
  picture: string | null;
}

/** Sign-in by authorization code with PKCE. Throws AppError: forbidden for whatever does not check, store_unavailable never. */
export interface IdentityProvider {
  authorizationUrl(request: {
    state: string;
    nonce: string;
    codeChallenge: string;
    redirectUri: string;
  }): Promise<string>;
  /** `iss` is what the callback's query said (RFC 9207), null when it said nothing. */
  exchange(answer: {
    code: string;
    codeVerifier: string;
    nonce: string;
    redirectUri: string;
    iss: string | null;
  }): Promise<ProvenIdentity>;
}

export interface Mail {
  /** the outbox row's id: the Message-ID is made of it, so that a repeat is seen as one */
  id: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
}

/** Sends one mail. Throws MailError. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Throws when the server does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Why a mail did not go out; a final one is not tried again. */
export class MailError extends Error {
  readonly isFinal: boolean;
  constructor(message: string, isFinal: boolean) {
    super(message);
    this.name = "MailError";
    this.isFinal = isFinal;
  }
}
