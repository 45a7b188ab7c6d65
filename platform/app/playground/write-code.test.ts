import { execFileSync } from "node:child_process";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import type { Draft } from "./draft.ts";
import { writeCurl } from "./write-curl.ts";
import { writePhp } from "./write-php.ts";
import { writePython } from "./write-python.ts";
import { writeTypeScript } from "./write-typescript.ts";

/** Whatever would break out of a string of some language. */
const nasty = [
  "plain",
  "it's",
  'say "hi"',
  "back\\slash\\",
  "$HOME `id` $(id) $\u007Bx} {$x}",
  "two\nlines\tand tab",
  "'; echo pwned; '",
  '"); evil(); ("',
  "\\'",
  "\\\\'\"",
  "कुर्ता é 👕",
  "%s %27 #{x}",
  "?> <?php ",
  "@file",
  "line\u2028separator",
];

const jsonDraft = (text: string): Draft => ({
  method: "POST",
  url: "https://platform.example/api/v1/tryon?wait=1",
  keyHeader: "x-api-key",
  headers: [["idempotency-key", text.replace(/[\r\n]/g, " ")]],
  body: { kind: "json", value: { text, list: [text], deep: { yes: true, none: null, number: 1.5 } } },
});

const formDraft = (text: string): Draft => ({
  method: "POST",
  url: `https://platform.example/api/v1/x/${encodeURIComponent(text)}`,
  keyHeader: "authorization",
  headers: [],
  body: {
    kind: "multipart",
    parts: [
      { name: "product_id", value: text },
      { name: "person_image", fileName: text },
    ],
  },
});

const jsonOf = ({ body }: Draft) => body?.kind === "json" && body.value;

/** What the shell hands to curl. */
function shellArguments(script: string): string[] {
  const shown = `curl() { printf '%s\\0' "$@"; }\n${script}\n`;
  const env = { ...process.env, TRAILROOM_KEY: "the key" };
  return execFileSync("bash", ["--norc", "--noprofile", "-c", shown], { env }).toString().split("\0").slice(0, -1);
}

const after = (words: string[], option: string) =>
  words.flatMap((word, index) => (words[index - 1] === option ? [word] : []));

interface Call {
  url: string;
  init: { headers: Record<string, string>; body?: unknown };
}

/** What the code hands to fetch. */
async function fetchCall(draft: Draft): Promise<Call> {
  const calls: Call[] = [];
  const code = writeTypeScript(draft).replace(/^import .*$/m, "");
  await runInNewContext(`(async () => {${code}\n})()`, {
    fetch: async (url: string, init: Call["init"]) => {
      calls.push({ url, init });
      return { status: 200, text: async () => "" };
    },
    FormData,
    openAsBlob: async (name: string) => new Blob([name]),
    process: { env: { TRAILROOM_KEY: "the key" } },
    console: { log: () => {} },
  });
  return calls[0] ?? { url: "", init: { headers: {} } };
}

describe.each(nasty)("code with %j in it", (text) => {
  test("reaches curl as it was, and runs nothing", () => {
    const draft = jsonDraft(text);
    const words = shellArguments(writeCurl(draft));
    expect(words.slice(0, 3)).toEqual(["-X", "POST", draft.url]);
    expect(after(words, "-H")).toEqual([
      "x-api-key: the key",
      `idempotency-key: ${draft.headers[0]?.[1]}`,
      "content-type: application/json",
    ]);
    expect(JSON.parse(after(words, "--data-raw")[0] ?? "")).toEqual(jsonOf(draft));
    const form = shellArguments(writeCurl(formDraft(text)));
    expect(after(form, "-H")).toEqual(["authorization: Bearer the key"]);
    expect(after(form, "--form-string")).toEqual([`product_id=${text}`]);
    const [, quoted = ""] = /^person_image=@"(.*)"$/s.exec(after(form, "-F")[0] ?? "") ?? [];
    expect(quoted.replace(/\\(.)/gs, "$1")).toBe(text);
  });

  test("reaches fetch as it was", async () => {
    const draft = jsonDraft(text);
    const { url, init } = await fetchCall(draft);
    expect(url).toBe(draft.url);
    expect({ ...init.headers }).toEqual({
      "x-api-key": "the key",
      "idempotency-key": draft.headers[0]?.[1],
      "content-type": "application/json",
    });
    expect(JSON.parse(String(init.body))).toEqual(jsonOf(draft));
    const sent = await fetchCall(formDraft(text));
    const form = sent.init.body as FormData;
    expect(sent.init.headers.authorization).toBe("Bearer the key");
    expect(form.get("product_id")).toBe(text);
    expect((form.get("person_image") as File).name).toBe(text);
  });

  test("is one whole string in Python, and the same one", () => {
    const literal = /"(?:[^"\\\n]|\\.)*"/g;
    const code = writePython(jsonDraft(text));
    const strings = [...code.matchAll(literal)].map(([one]) => JSON.parse(one));
    expect(strings.filter((one) => one === text).length).toBeGreaterThanOrEqual(2);
    // nothing is left between the strings but Python's own marks
    const rest = code.replace(literal, "");
    expect(rest).toMatch(/^[\w\s.,:=+()[\]{}]*$/);
    expect(rest).toMatch(/True[\s\S]*None/);
    const form = writePython(formDraft(text));
    expect(form).toContain(`(None, ${JSON.stringify(text)})`);
    expect(form).toContain(`open(${JSON.stringify(text)}, "rb")`);
  });

  test("is one whole string in PHP, and the same one", () => {
    const literal = /'((?:[^'\\]|\\.)*)'/gs;
    const read = (code: string) =>
      [...code.matchAll(literal)].map(([, inner = ""]) => inner.replace(/\\([\\'])/g, "$1"));
    const code = writePhp(jsonDraft(text));
    expect(read(code).filter((one) => one === text).length).toBeGreaterThanOrEqual(2);
    const rest = code.replace(literal, "").replace("<?php", "");
    expect(rest).toMatch(/^[\w\s.,:=>$()[\]{};]*$/);
    expect(read(writePhp(formDraft(text))).filter((one) => one === text)).toHaveLength(2);
  });
});

test("a request without a key or a body says nothing of either", () => {
  const url = "https://x.example/openapi.json";
  const draft: Draft = { method: "GET", url, keyHeader: null, headers: [], body: null };
  expect(writeCurl(draft)).toBe("curl -X GET 'https://x.example/openapi.json'");
  for (const write of [writeTypeScript, writePython, writePhp]) {
    expect(write(draft)).not.toMatch(/TRAILROOM|headers|HEADER|body|files/);
  }
});
