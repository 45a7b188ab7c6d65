// Fills a SQLite store with copies of one finished job: FILE TEMPLATE_ID USER_ID JOBS FIRST_MS EVERY_S FAILS_EACH
import { DatabaseSync } from "node:sqlite";

const [file = "", templateId = "", userId = "", ...numbers] = process.argv.slice(2);
const [jobs = 0, firstAt = 0, everyS = 0, failsEach = 1] = numbers.map(Number);

const at = `strftime('%Y-%m-%dT%H:%M:%S', ${firstAt / 1000} + i * ${everyS}, 'unixepoch') || '.000+00:00'`;
const made: Record<string, string> = {
  id: `'${userId}-' || printf('%09d', i)`,
  status: `iif(i % ${failsEach} = 0, 'failed', 'completed')`,
  created_at: at,
  updated_at: at,
  completed_at: at,
};
const database = new DatabaseSync(file);
database.exec("PRAGMA busy_timeout = 60000");
const columns = database.prepare("SELECT name FROM pragma_table_info('TryOnJob')").all() as { name: string }[];
const names = columns.map(({ name }) => `"${name}"`).join(", ");
const values = columns.map(({ name }) => made[name] ?? `job."${name}"`).join(", ");
database
  .prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${jobs - 1})
     INSERT INTO TryOnJob (${names}) SELECT ${values} FROM n, TryOnJob AS job WHERE job.id = ?`,
  )
  .run(templateId);
database.close();
