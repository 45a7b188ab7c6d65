// `npm run test:topology`: 500 jobs over two web, two worker and a scheduler process, with kills and a Redis restart.
import path from "node:path";
import { ensureInstalled } from "./ensure-installed.mjs";
import { ensureMongo } from "./ensure-mongo.mjs";
import { ensureRedis } from "./ensure-redis.mjs";
import { node24, root, run } from "./run.mjs";

await ensureInstalled();
const redisPath = await ensureRedis();
const mongo = await ensureMongo();
// without one of them there is nothing to test on
if (!redisPath || !mongo) process.exit(1);
try {
  const build = await run("turbo", ["run", "build", "--output-logs=errors-only"], { quiet: true });
  const args = [path.join(root, "node_modules", "vitest", "vitest.mjs"), "run", "e2e/topology"];
  const env = { NODE_ENV: "test", MONGO_TEST_URL: mongo.url, REDIS_SERVER_PATH: redisPath };
  process.exitCode = build || (await run(node24, args, { env }));
} finally {
  mongo.stop();
}
