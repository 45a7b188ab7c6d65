import { expect, test } from "vitest";
import { assertKeySettings } from "./key-rules.ts";
import { readHosts } from "./read-hosts.ts";
import { readOrigins } from "./read-origins.ts";

test("what merchants type as their shop's address becomes origins, and what is none stays to be refused", () => {
  const typed =
    "shop.example/tees\r\nhttps://www.shop.example/a?b#c, http://127.0.0.1:3000\n\n https://*.shop.example shop.example";
  expect(readOrigins(typed)).toEqual([
    "https://shop.example",
    "https://www.shop.example",
    "http://127.0.0.1:3000",
    "https://*.shop.example",
  ]);
  expect(readOrigins("javascript:alert(1) null <b>")).toEqual(["javascript:alert(1)", "https://null", "<b>"]);
  expect(() => assertKeySettings({ allowed_origins: readOrigins("javascript:alert(1)") }, "publishable")).toThrow();
  expect(() => assertKeySettings({ allowed_origins: readOrigins("<b>") }, "publishable")).toThrow();
});

test("hosts of pictures are taken from names and addresses alike", () => {
  expect(readHosts("CDN.shop.example\nhttps://img.shop.example:8443/a.jpg")).toEqual([
    "cdn.shop.example",
    "img.shop.example:8443",
  ]);
  expect(() => assertKeySettings({ garment_hosts: readHosts("no host!") }, "publishable")).toThrow();
});
