/** A file for spreadsheets by RFC 4180: commas, CRLF, quotes doubled. */

/** Without it spreadsheets take UTF-8 for the machine's old code page, and a product's name in Hindi or with an accent is spoilt. */
const byteOrderMark = "\uFEFF";

type Cell = string | number | Date | null;

/** What a spreadsheet would run as a formula: text that begins so gets an apostrophe, which it shows and does not run. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;
const needsQuotes = /[",\r\n]/;

function cellText(cell: Cell): string {
  if (cell === null) return "";
  // numbers and times are ours: "-1" of a ledger stays a number
  if (typeof cell === "number") return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  const isFormula = formula.test(cell);
  const safe = isFormula ? `'${cell}` : cell;
  return isFormula || needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: Cell[]) => `${cells.map(cellText).join(",")}\r\n`;

/** The file in pieces: one of its head, one of each page of rows. */
export async function* writeCsv<Row>(
  columns: Record<string, (row: Row) => Cell>,
  pages: AsyncIterable<Row[]>,
): AsyncGenerator<string> {
  yield byteOrderMark + line(Object.keys(columns));
  const cells = Object.values(columns);
  for await (const rows of pages) {
    if (rows.length > 0) yield rows.map((row) => line(cells.map((cell) => cell(row)))).join("");
  }
}
