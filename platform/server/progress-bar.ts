const width = 24;
const number = new Intl.NumberFormat("en");

interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
}

/** A bar for each name on a terminal, rewritten in place; elsewhere a line per tenth. */
export function createProgressBar(output: Output) {
  let shown = "";
  return ({ name, done, total }: { name: string; done: number; total: number }) => {
    const share = total === 0 ? 1 : done / total;
    const isWhole = done >= total;
    const counts = `${number.format(done)} of ${number.format(total)}`;
    if (output.isTTY) {
      const filled = Math.floor(share * width);
      const bar = `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
      output.write(`\r${name.padEnd(20)} ${bar} ${counts}${isWhole ? "\n" : ""}`);
      return;
    }
    const step = `${name} ${Math.floor(share * 10)}`;
    if (step === shown) return;
    shown = step;
    output.write(`${name}: ${counts}\n`);
  };
}
