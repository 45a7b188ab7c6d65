import { parseArgs } from "node:util";

const everyRole = ["web", "worker", "scheduler", "webhooks"] as const;
export type Role = (typeof everyRole)[number];
export type Roles = ReadonlySet<Role>;

export const allRoles: Roles = new Set(everyRole);

/** The roles of `--role`, a comma-separated list that may be given several times; all of them by default. Throws on an unknown one. */
export function readRoles(args: string[]): Roles {
  const { values } = parseArgs({ args, options: { role: { type: "string", multiple: true, default: ["all"] } } });
  const names = values.role.flatMap((list) => list.split(",")).map((name) => name.trim());
  if (names.length === 1 && names[0] === "all") return allRoles;
  const known = names.map((name) => everyRole.find((role) => role === name));
  if (known.some((role) => role === undefined)) {
    throw new Error(`--role is all, or one or more of ${everyRole.join(", ")}, separated by commas`);
  }
  return new Set(known as Role[]);
}

/** What a deployment stands on beside this process. */
interface Shared {
  store: boolean;
  bus: boolean;
  objects: boolean;
}

/** What split roles cannot do without the engines that machines share, in plain sentences; empty when one process plays all. */
export function roleLimits(roles: Roles, shared: Shared): string[] {
  if (roles.size === allRoles.size) return [];
  const limits = [];
  if (!shared.store) {
    limits.push(
      "the store is a SQLite file: every role must run on this machine with the same DATA_DIR (else MONGO_URL)",
    );
  }
  if (!shared.bus) {
    limits.push("jobs and streams look at the store each second, request limits count per process (else REDIS_URL)");
  }
  if (!shared.objects) {
    limits.push("pictures lie in DATA_DIR/objects: every role must reach that very folder (else S3_BUCKET)");
  }
  return limits;
}
