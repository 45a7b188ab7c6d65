// npm run doctor [-- --env FILE]: looks at a configuration and at what it points to, and says in plain sentences what is wrong.
// Exit code 0 when the platform can start with it, 1 when it cannot, 2 when the call itself was wrong.
import { readFileSync } from "node:fs";
import { parseArgs, parseEnv } from "node:util";
import { checkConfig } from "./doctor/check-config.ts";
import { checkDataDir, checkSqlite } from "./doctor/check-data-dir.ts";
import { checkMail } from "./doctor/check-mail.ts";
import { checkModels } from "./doctor/check-models.ts";
import { checkMongo } from "./doctor/check-mongo.ts";
import { checkObjects } from "./doctor/check-objects.ts";
import { checkRedis } from "./doctor/check-redis.ts";
import type { Finding } from "./doctor/finding.ts";

const marks = { ok: "ok   ", warn: "warn ", fault: "FAULT" };

function tell({ level, subject, text, remedy }: Finding) {
  console.log(`${marks[level]} ${subject}: ${text}`);
  if (remedy) console.log(`      mend it: ${remedy}`);
}

/** The process's environment, or a file of NAME=value lines alone: what is not in the file is not set. */
function readEnvironment() {
  const { values } = parseArgs({ options: { env: { type: "string" } } });
  return values.env === undefined ? process.env : parseEnv(readFileSync(values.env, "utf8"));
}

async function examine(environment: Record<string, string | undefined>): Promise<Finding[]> {
  const { config, findings } = checkConfig(environment);
  for (const finding of findings) tell(finding);
  const later: Finding[][] = [];
  const look = async (findings: Finding[] | Promise<Finding[]>) => {
    const found = await findings;
    for (const finding of found) tell(finding);
    later.push(found);
  };
  await look(checkModels());
  if (!config) {
    console.log("      The store and the rest are looked at once the configuration is mended.");
    return [...findings, ...later.flat()];
  }
  await look(checkDataDir(config.dataDir));
  await look(config.mongoUrl ? checkMongo(config.mongoUrl) : checkSqlite(config.dataDir));
  if (config.redisUrl) await look(checkRedis(config.redisUrl));
  if (config.s3) await look(checkObjects(config.s3));
  await look(checkMail(config.mail));
  return [...findings, ...later.flat()];
}

async function main() {
  const findings = await examine(readEnvironment());
  const count = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
  const [faults, doubts] = [count("fault"), count("warn")];
  const warned = doubts > 0 ? ` ${doubts} to think about.` : "";
  console.log(
    faults > 0 ? `\n${faults} to mend before a start.${warned}` : `\nThe platform can start with this.${warned}`,
  );
  process.exitCode = faults > 0 ? 1 : 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
});
