import { expect } from "vitest";
import { startGoogle } from "../../platform/sandbox/google/start-google.ts";
import { freePort, startPlatform } from "../jobs/start-platform.ts";

const clientId = "1234.apps.googleusercontent.com";

interface SentMail {
  to: { address: string };
  text: string;
}

/** The platform in development mode, where mails are read at /dev/outbox, with a stand-in for Google. */
export async function startPages() {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  const google = await startGoogle({ id: clientId, secret: "shh", redirectUri: `${url}/api/v1/auth/google/callback` });
  const platform = await startPlatform({
    NODE_ENV: "development",
    ENGINE: "local",
    PORT: port,
    PUBLIC_URL: url,
    LIMIT_SIGN_UPS_PER_DAY: "100",
    LIMIT_REGISTER_CALLS_PER_HOUR: "100",
    LIMIT_MAIL_REQUESTS_PER_HOUR: "100",
    GOOGLE_CLIENT_ID: clientId,
    GOOGLE_CLIENT_SECRET: "shh",
    GOOGLE_BASE_URL: google.url,
  });
  await platform.start("web,scheduler", { PORT: port });
  const findLink = async (address: string, form: RegExp) => {
    const { mails } = (await (await fetch(`${url}/dev/outbox.json`)).json()) as { mails: SentMail[] };
    const mail = mails.find(({ to, text }) => to.address === address && form.test(text));
    return mail ? form.exec(mail.text)?.[0] : undefined;
  };
  return {
    url,
    google,
    store: platform.store,
    /** The link of this form in the newest mail to an address that has one; the scheduler sends every two seconds. */
    linkOf: async (address: string, form: RegExp): Promise<string> => {
      let link: string | undefined;
      const look = async () => {
        link = await findLink(address, form);
        return link;
      };
      await expect.poll(look, { timeout: 20_000, interval: 100 }).toBeDefined();
      return link ?? "";
    },
    stop: async () => {
      await platform.stop();
      await google.stop();
    },
  };
}
