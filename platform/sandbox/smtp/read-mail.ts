/** The readable parts of a raw mail as nodemailer makes them: headers unfolded, parts decoded. */
export function readMail(raw: string) {
  const [head = "", ...rest] = raw.split("\r\n\r\n");
  const headers = Object.fromEntries(
    head
      .replace(/\r\n[ \t]+/g, " ")
      .split("\r\n")
      .map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  ) as Record<string, string>;
  const boundary = /boundary="([^"]+)"/.exec(headers["content-type"] ?? "")?.[1] ?? "";
  const parts = rest.join("\r\n\r\n").split(`--${boundary}`);
  const part = (type: string) => {
    const found = parts.find((one) => one.includes(`Content-Type: ${type}`)) ?? "";
    const body = found.slice(found.indexOf("\r\n\r\n") + 4);
    if (/Content-Transfer-Encoding: base64/i.test(found)) return Buffer.from(body, "base64").toString("utf8");
    if (!/Content-Transfer-Encoding: quoted-printable/i.test(found)) return body;
    const bytes = body
      .replace(/=\r\n/g, "")
      .replace(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
    return Buffer.from(bytes, "latin1").toString("utf8");
  };
  return { headers, text: part("text/plain"), html: part("text/html") };
}
