// npm run store:copy -- --from sqlite:FILE --to mongodb://…: moves a SQLite store to MongoDB; run again, it goes on where it was cut off.
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { openRowTarget } from "../adapters/store/mongo/open-row-target.ts";
import { openRowSource } from "../adapters/store/sqlite/open-row-source.ts";
import { AppError } from "../core/errors.ts";
import { copyStore } from "./copy-store.ts";
import { createProgressBar } from "./progress-bar.ts";

const usage = "npm run store:copy -- --from sqlite:FILE --to mongodb://…";

function readArguments() {
  const { values } = parseArgs({ options: { from: { type: "string" }, to: { type: "string" } } });
  const file = /^sqlite:(.+)/.exec(values.from ?? "")?.[1];
  if (!file || !/^mongodb(\+srv)?:/.test(values.to ?? "")) throw new Error(usage);
  if (!existsSync(file)) throw new Error(`--from: there is no file ${file}`);
  return { file: path.resolve(file), to: values.to ?? "" };
}

/** Opens one side; its refusals are named by the option. */
async function opened<T>(option: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof AppError) throw new Error(`${option}: ${error.log ?? error.message}`);
    throw error;
  }
}

async function main() {
  const { file, to } = readArguments();
  const started = performance.now();
  const source = await opened("--from", () => openRowSource(file, new Date()));
  try {
    const identity = await source.identity();
    const target = await opened("--to", () => openRowTarget(to, identity, new Date()));
    try {
      const show = createProgressBar(process.stdout);
      const rows = await copyStore(source, target, ({ model, ...counts }) => show({ name: model, ...counts }));
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(
        `Copied ${rows} rows in ${seconds} s; counts and ledger agree. Start the platform with MONGO_URL now.`,
      );
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
