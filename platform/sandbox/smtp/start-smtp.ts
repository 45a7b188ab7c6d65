import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { makeCertificate } from "../certificates/make-certificate.ts";

export interface ReceivedMail {
  from: string;
  to: string[];
  raw: string;
  isEncrypted: boolean;
  user: string | undefined;
}

interface SmtpOptions {
  /** without it the server speaks plain SMTP alone */
  startTls?: boolean;
  /** "user:password" asked of the client */
  login?: string;
}

const refusals: Record<string, number> = { bad: 550, busy: 451 };
const refuse = (code: number) => Object.assign(new Error("not now"), { responseCode: code });

/** A mail server on loopback that keeps what it gets: 550 for bad@…, 451 for busy@…, and for everything while `down` is set. */
export async function startSmtp({ startTls = true, login }: SmtpOptions = {}) {
  const host = "127.0.0.1";
  const certificate = makeCertificate(host);
  const mails: ReceivedMail[] = [];
  const state = { down: false, logins: 0 };
  const server = new SMTPServer({
    ...(startTls ? certificate : {}),
    disabledCommands: [...(startTls ? [] : ["STARTTLS"]), ...(login ? [] : ["AUTH"])],
    authOptional: login === undefined,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, done) => {
      state.logins += 1;
      if (`${username}:${password}` === login) done(null, { user: username });
      else done(refuse(535));
    },
    onRcptTo: ({ address }, _session, done) => {
      const code = state.down ? 451 : refusals[address.split("@")[0] ?? ""];
      done(code ? refuse(code) : null);
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("utf8"),
          isEncrypted: Boolean(session.secure),
          user: session.user as string | undefined,
        });
        done(null);
      });
    },
  });
  server.on("error", () => {}); // a client that hangs up is its own affair
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${login ? `${login}@` : ""}${host}:${port}`,
    ca: certificate.cert,
    mails,
    state,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
