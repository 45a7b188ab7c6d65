import { afterAll, beforeAll, expect, test } from "vitest";
import { makeStore } from "../../testing/make-store.ts";
import { jobRow, keyRow, testTime, userRow } from "../../testing/rows.ts";
import type { Store } from "../ports.ts";
import { writeCsv } from "./csv.ts";
import { writeHistoryCsv } from "./write-history-csv.ts";
import { writeLedgerCsv } from "./write-ledger-csv.ts";

let store: Store;
let remove = async () => {};
beforeAll(async () => {
  ({ store, remove } = await makeStore());
});
afterAll(() => remove());

async function* one<Row>(rows: Row[]) {
  yield rows;
}

const readAll = async (pieces: AsyncIterable<string>) => {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
};

/** A reader by RFC 4180, apart from the writer. */
function parse(csv: string): string[][] {
  const rows: string[][] = [];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  let row: string[] = [];
  for (const [, quoted, plain, end] of csv.replace(/^\uFEFF/, "").matchAll(cells)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

const writeTexts = async (texts: string[]) =>
  (await readAll(writeCsv({ text: (text: string) => text }, one(texts)))).join("");

test("commas, quotes and line ends come back as they were; lines end in CRLF", async () => {
  const texts = ["plain", "a, b", 'say "hi"', "two\nlines", "two\r\nlines", "", " space ", "कुर्ता é"];
  const csv = await writeTexts(texts);
  expect(parse(csv)).toEqual([["text"], ...texts.map((text) => [text])]);
  expect(csv).toContain('"say ""hi"""\r\n');
  expect(csv.endsWith("\r\n")).toBe(true);
});

test("it begins with a byte order mark, once", async () => {
  const csv = await writeTexts(["a"]);
  expect(csv.lastIndexOf("\uFEFF")).toBe(0);
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", '=HYPERLINK("http://x","y")', "＝1"])(
  "text that a spreadsheet would run is quoted and shown instead: %j",
  async (text) => {
    const csv = await writeTexts([text]);
    expect(csv).toContain(`"'${text.replaceAll('"', '""')}"`);
    expect(parse(csv)[1]).toEqual([`'${text}`]);
  },
);

test("numbers and times are not text: a charge stays a negative number", async () => {
  const columns = { credits: (row: { credits: number }) => row.credits, at: () => testTime, none: () => null };
  expect((await readAll(writeCsv(columns, one([{ credits: -2 }])))).join("")).toContain(
    "credits,at,none\r\n-2,2026-11-24T10:00:00.000Z,\r\n",
  );
});

test("the ledger comes whole, in pieces, newest first, by its filter and of its own account alone", async () => {
  const user = userRow();
  const row = (index: number, over = {}) => ({
    id: `row-${String(index).padStart(4, "0")}`,
    user_id: user.id,
    type: "usage" as const,
    credits: -1,
    bucket: "paid" as const,
    balance_after: 5000 - index,
    description: "Try-on",
    reference_type: "tryon_job" as const,
    reference_id: `job-${index}`,
    metadata: null,
    // several at one moment: none is lost or doubled where a page ends
    created_at: new Date(testTime.getTime() + Math.floor(index / 7) * 1000),
    ...over,
  });
  for (let index = 0; index < 1001; index += 1) await store.creditTransactions.insertOnce(row(index));
  await store.creditTransactions.insertOnce(
    row(2000, {
      type: "admin_adjustment",
      credits: 9,
      description: "=cmd|'/c calc'!A1",
      reference_type: "admin_action",
    }),
  );
  await store.creditTransactions.insertOnce(row(3000, { user_id: "other" }));
  const pieces = await readAll(writeLedgerCsv(store, user.id, {}));
  expect(pieces.length).toBeGreaterThan(3);
  const [head, ...rows] = parse(pieces.join(""));
  expect(head?.slice(0, 4)).toEqual(["time_utc", "type", "bucket", "credits"]);
  expect(rows).toHaveLength(1002);
  expect(new Set(rows.map((cells) => cells[7])).size).toBe(1002);
  expect(rows[0]?.[5]).toBe("'=cmd|'/c calc'!A1");
  const only = parse((await readAll(writeLedgerCsv(store, user.id, { type: "admin_adjustment" }))).join(""));
  expect(only).toHaveLength(2);
}, 60_000);

test("the history tells where a job came from, and nothing of a shopper", async () => {
  const user = userRow();
  const key = keyRow(user.id, { kind: "publishable" });
  await store.apiKeys.insert(key);
  const secret = keyRow(user.id);
  await store.apiKeys.insert(secret);
  const jobs = [
    jobRow(user.id, {
      product_id: "=tee",
      api_key_id: key.id,
      shopper_id: "shopper-7",
      product_url: "https://x.example",
    }),
    jobRow(user.id, { api_key_id: secret.id, created_at: new Date(testTime.getTime() - 1000) }),
    jobRow(user.id, { created_at: new Date(testTime.getTime() - 2000), status: "failed", error_code: "engine_failed" }),
    jobRow(user.id, { key_mode: "test" }),
  ];
  for (const job of jobs) await store.tryOnJobs.insert(job);
  const csv = (await readAll(writeHistoryCsv(store, user.id, { keyMode: "live" }))).join("");
  const [head, ...rows] = parse(csv);
  const column = (name: string) => rows.map((cells) => cells[head?.indexOf(name) ?? -1]);
  expect(column("job_id")).toEqual(jobs.slice(0, 3).map(({ id }) => id));
  expect(column("source")).toEqual(["widget", "api", "dashboard"]);
  expect(column("product_id")).toEqual(["'=tee", "", ""]);
  expect(column("error_code")).toEqual(["", "", "engine_failed"]);
  expect(csv).not.toMatch(/shopper-7|x\.example/);
});
