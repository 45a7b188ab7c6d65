// `npm run bench:scale`: starts the servers that the bench measures on.
import { ensureInstalled } from "./ensure-installed.mjs";
import { ensureMongo } from "./ensure-mongo.mjs";
import { ensureRedis } from "./ensure-redis.mjs";
import { node24, run } from "./run.mjs";

await ensureInstalled();
const redisPath = await ensureRedis();
const mongo = await ensureMongo();
if (!redisPath || !mongo) process.exit(1);
try {
  const env = { MONGO_TEST_URL: mongo.url, REDIS_SERVER_PATH: redisPath };
  process.exitCode = await run(node24, ["--disable-warning=ExperimentalWarning", "bench/scale.ts"], { env });
} finally {
  mongo.stop();
}
