import type { KeyObject } from "node:crypto";
import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

const oid = {
  sha256WithRsa: "06092a864886f70d01010b",
  commonName: "0603550403",
  subjectAltName: "0603551d11",
  basicConstraints: "0603551d13",
};
const hour = 3_600_000;

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const size = body.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : size < 65536 ? [0x82, size >> 8, size & 255] : null;
  if (!length) throw new Error("too long for a certificate");
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, "hex");
const text = (value: string) => der(0x0c, Buffer.from(value));
const time = (at: number) =>
  der(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));
const bits = (bytes: Buffer) => der(0x03, Buffer.from([0]), bytes);

function extensions(host: string) {
  const address = /^\d+(\.\d+){3}$/.test(host) ? Buffer.from(host.split(".").map(Number)) : null;
  const name = address ? der(0x87, address) : der(0x82, Buffer.from(host));
  const altName = sequence(hex(oid.subjectAltName), der(0x04, sequence(name)));
  const authority = sequence(
    hex(oid.basicConstraints),
    der(0x01, Buffer.from([255])),
    der(0x04, sequence(der(0x01, Buffer.from([255])))),
  );
  return der(0xa3, sequence(altName, authority));
}

/** A self-signed certificate for a stand-in's host, good for a day around now, as PEM. */
export function makeCertificate(host: string, pair?: { publicKey: KeyObject; privateKey: KeyObject }) {
  const { publicKey, privateKey } = pair ?? generateKeyPairSync("rsa", { modulusLength: 2048 });
  const algorithm = sequence(hex(oid.sha256WithRsa), der(0x05));
  const name = sequence(der(0x31, sequence(hex(oid.commonName), text(host))));
  const serial = randomBytes(8);
  serial[0] = 1;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    algorithm,
    name,
    sequence(time(Date.now() - hour), time(Date.now() + 24 * hour)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    extensions(host),
  );
  const whole = sequence(body, algorithm, bits(sign("sha256", body, privateKey)));
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
