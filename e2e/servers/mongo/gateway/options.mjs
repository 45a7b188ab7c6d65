// What start.sh tells.
import { parseArgs } from "node:util";

export const { values: opt } = parseArgs({
  options: {
    port: { type: "string", default: "27017" },
    "pg-host": { type: "string", default: "127.0.0.1" },
    "pg-port": { type: "string", default: "5432" },
    "replica-set": { type: "string", default: "rs0" },
    pool: { type: "string", default: "80" },
    verbose: { type: "boolean", default: false },
  },
});
/** The address that the server gives of itself. */
export const ME = `127.0.0.1:${opt.port}`;
