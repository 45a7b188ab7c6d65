import { once } from "node:events";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { AppError } from "../../core/errors.ts";
import { isPublicAddress } from "../outbound/is-public-address.ts";
import { createImageFetcher } from "./create-image-fetcher.ts";

let server: Server;
let origin: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === "/picture") response.end("picture");
    else if (request.url === "/big") response.end(Buffer.alloc(2_000));
    else if (request.url === "/to-metadata")
      response.writeHead(302, { location: "http://169.254.169.254/latest" }).end();
    else if (request.url === "/round") response.writeHead(302, { location: "/round" }).end();
    // anything else is never answered
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const refusalMs = 60;
const fetcher = (over = {}) =>
  createImageFetcher({ allowOrigins: [origin], httpsOnly: false, maxBytes: 1_000, timeoutMs: 400, refusalMs, ...over });

async function outcome(url: string, over = {}) {
  const started = performance.now();
  const made = fetcher(over);
  try {
    const bytes = await made.fetch(url);
    return { code: new TextDecoder().decode(bytes), ms: performance.now() - started };
  } catch (error) {
    return { code: error instanceof AppError ? error.code : String(error), ms: performance.now() - started };
  } finally {
    await made.close();
  }
}

test("private, loopback, link-local, metadata and embedded addresses are not public", () => {
  const refused = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "100.64.0.1",
    "::1",
    "fe80::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "224.0.0.1",
    "255.255.255.255",
    "not an address",
  ];
  expect(refused.filter(isPublicAddress)).toEqual([]);
  expect(["93.184.216.34", "2606:2800:220:1::1"].every(isPublicAddress)).toBe(true);
});

test("an allowed origin is fetched, within its size", async () => {
  expect((await outcome(`${origin}/picture`)).code).toBe("picture");
  expect((await outcome(`${origin}/big`)).code).toBe("image_too_large");
});

test("a refused address is never asked, directly, by number tricks, by name or by redirect, and always looks the same", async () => {
  const toPrivate = async () => [{ address: "127.0.0.1", family: 4 }];
  const cases = [
    await outcome("http://127.0.0.1/picture"),
    await outcome("http://169.254.169.254/latest/meta-data"),
    await outcome("http://2130706433/picture"),
    await outcome("http://0x7f.1/picture"),
    await outcome("http://[::ffff:127.0.0.1]/picture"),
    await outcome("http://localhost/picture", { resolve: toPrivate }),
    await outcome("http://rebound.example/picture", { resolve: toPrivate }),
    await outcome("http://half.example/picture", {
      resolve: async () => [
        { address: "93.184.216.34", family: 4 },
        { address: "10.0.0.1", family: 4 },
      ],
    }),
    await outcome(`${origin}/to-metadata`),
    await outcome(`${origin}/round`),
    await outcome("http://shop.example:8080/picture"),
    await outcome("ftp://shop.example/picture"),
    await outcome("http://user:word@shop.example/picture"),
    await outcome("http://shop.example/picture", { httpsOnly: true }),
  ];
  expect(new Set(cases.map(({ code }) => code))).toEqual(new Set(["image_url_unreachable"]));
  expect(cases.every(({ ms }) => ms >= refusalMs - 5)).toBe(true);
});

test("a name that changes its mind is held to the address that was checked", async () => {
  let asked = 0;
  const changing = async () => {
    asked += 1;
    return [{ address: asked === 1 ? "192.0.2.1" : "127.0.0.1", family: 4 }];
  };
  expect((await outcome("http://changing.example/picture", { resolve: changing })).code).toBe("image_url_unreachable");
  expect(asked).toBe(1);
});

test("an address that never answers ends in time with the same code", async () => {
  const { code, ms } = await outcome(`${origin}/never`);
  expect(code).toBe("image_url_unreachable");
  expect(ms).toBeLessThan(2_000);
});
