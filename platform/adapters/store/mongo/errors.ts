import {
  MongoDriverError,
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from "mongodb";
import { AppError } from "../../../core/errors.ts";

const duplicateKey = 11000;

/** A document with this unique key exists already. */
export const isUniqueViolation = (error: unknown) => error instanceof MongoServerError && error.code === duplicateKey;

/** Answers of a server that steps down, shuts down, has no majority, or took too long; 112 is a conflict that outlasted every retry. */
const lostCodes = new Set<unknown>([
  6, 7, 50, 63, 64, 89, 91, 112, 133, 134, 189, 234, 251, 262, 9001, 10107, 11600, 11602, 13435, 13436,
]);

const lostKinds = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoNotConnectedError,
  MongoExpiredSessionError,
  MongoWriteConcernError,
];

function isLost(error: unknown): boolean {
  if (lostKinds.some((kind) => error instanceof kind)) return true;
  if (error instanceof MongoServerError) return lostCodes.has(error.code) || error.hasErrorLabel("RetryableWriteError");
  // a closed client or pool has classes of its own that the driver does not export
  return error instanceof MongoDriverError && /clos|pool/i.test(`${error.name} ${error.message}`);
}

/** Driver errors as the port has them: a taken unique key is `conflict`, a server that cannot be used `store_unavailable`; all else stays a fault of ours. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (isUniqueViolation(error)) return new AppError("conflict", { cause: error, log: "a unique key is taken" });
  if (isLost(error)) return new AppError("store_unavailable", { cause: error, log: String(error) });
  return error;
}
