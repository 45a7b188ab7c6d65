import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const random = "0123456789abcdefghijklmnopqrstuv";
const base = {
  NODE_ENV: "production",
  PUBLIC_URL: "https://platform.example",
  DATA_DIR: "/tmp/nowhere",
  JWT_SECRET: `a:${random}`,
  ENCRYPTION_KEYS: `a:${random}`,
  METRICS_TOKEN: random,
};
const faultsOf = (over: Record<string, string>) => {
  try {
    readConfig({ ...base, ...over });
    return "";
  } catch (error) {
    return String(error);
  }
};

test("mail and Google are off without their settings, and say nothing of secrets when they are wrong", () => {
  const { mail, google } = readConfig(base);
  expect([mail, google]).toEqual([{ kind: "off" }, null]);
});

test("mail by SMTP needs both its settings, with a sender that is an address", () => {
  const smtp = {
    SMTP_URL: "smtp://user:pass-of-smtp@mail.example:587",
    MAIL_FROM: "TrailRoom <hello@trailroom.example>",
  };
  expect(readConfig({ ...base, ...smtp }).mail).toEqual({
    kind: "smtp",
    url: smtp.SMTP_URL,
    from: { name: "TrailRoom", address: "hello@trailroom.example" },
  });
  expect(readConfig({ ...base, ...smtp, MAIL_FROM: "hello@trailroom.example" }).mail).toMatchObject({
    from: { address: "hello@trailroom.example" },
  });
  expect(faultsOf({ SMTP_URL: smtp.SMTP_URL })).toContain("MAIL_FROM is missing");
  expect(faultsOf({ SMTP_URL: smtp.SMTP_URL })).not.toContain("pass-of-smtp");
  expect(faultsOf({ MAIL_FROM: smtp.MAIL_FROM })).toContain("SMTP_URL is missing");
  expect(faultsOf({ ...smtp, MAIL_FROM: "a@b.example\r\nBcc: c@d.example" })).toContain("MAIL_FROM");
  expect(faultsOf({ ...smtp, SMTP_URL: "https://mail.example" })).toContain("SMTP_URL");
});

test("the mail outbox is for development alone, where it is the default", () => {
  expect(faultsOf({ MAIL_OUTBOX: "on" })).toContain("MAIL_OUTBOX is for development only");
  expect(faultsOf({ MAIL_OUTBOX: "on", NODE_ENV: "test" })).toContain("MAIL_OUTBOX is for development only");
  const development = { ...base, NODE_ENV: "development", PUBLIC_URL: "http://127.0.0.1:8001" };
  expect(readConfig(development).mail).toEqual({ kind: "outbox" });
  expect(readConfig({ ...development, MAIL_OUTBOX: "off" }).mail).toEqual({ kind: "off" });
});

test("Google needs id and secret, and in production its own address", () => {
  const google = { GOOGLE_CLIENT_ID: "id", GOOGLE_CLIENT_SECRET: "secret" };
  expect(readConfig({ ...base, ...google }).google).toEqual({
    clientId: "id",
    clientSecret: "secret",
    baseUrl: "https://accounts.google.com",
  });
  expect(faultsOf({ GOOGLE_CLIENT_ID: "id" })).toContain("go together");
  expect(faultsOf({ ...google, GOOGLE_BASE_URL: "http://127.0.0.1:9000" })).toContain("GOOGLE_BASE_URL");
});
