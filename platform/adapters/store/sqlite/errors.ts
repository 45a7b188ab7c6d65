import { Prisma } from "@trailroom/db";
import { AppError } from "../../../core/errors.ts";

/** A row with this unique key exists already. */
export const isUniqueViolation = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";

const describe = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const meta = error instanceof Prisma.PrismaClientKnownRequestError ? JSON.stringify(error.meta ?? {}) : "";
  return `${error.message} ${meta} ${error.cause ? describe(error.cause) : ""}`;
};

/** Another process wrote at the same moment: the same thing may be tried again. */
export const isBusy = (error: unknown) =>
  error instanceof Prisma.PrismaClientKnownRequestError
    ? ["P1008", "P2034", "P2028"].includes(error.code) || /SQLITE_BUSY|database is locked/i.test(describe(error))
    : /SQLITE_BUSY|database is locked/i.test(describe(error));

const isLost = (error: unknown) =>
  /SQLITE_(FULL|IOERR|READONLY|CANTOPEN|NOTADB|CORRUPT)|disk is full|readonly database|disk I\/O|unable to open|ENOSPC|connection is not open|client is closed/i.test(
    describe(error),
  );

/** The driver's errors as the port has them: a taken unique key is `conflict`, a database that cannot be used now `store_unavailable`; all else stays a fault of ours. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (isUniqueViolation(error)) return new AppError("conflict", { cause: error, log: describe(error) });
  if (isBusy(error) || isLost(error)) return new AppError("store_unavailable", { cause: error, log: describe(error) });
  return error;
}
