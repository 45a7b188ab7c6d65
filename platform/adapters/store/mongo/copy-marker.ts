import type { Collection, Db } from "mongodb";
import { AppError } from "../../../core/errors.ts";

/** What a copy from another store leaves in the database: from which source, how far it came, whether it is whole. */
export interface CopyMarker {
  _id: "copy";
  source: string;
  begun_at: Date;
  finished_at: Date | null;
  /** by collection, the key of the last row */
  positions: Record<string, string[]>;
}

export const markers = (db: Db): Collection<CopyMarker> => db.collection<CopyMarker>("StoreCopy");

/** Throws store_unavailable while a copy into the database is not finished: half of the accounts are no store. */
export async function refuseHalfCopy(db: Db) {
  const marker = await markers(db).findOne({ _id: "copy" });
  if (marker && !marker.finished_at) {
    throw new AppError("store_unavailable", { log: "a copy into this database is not finished: run store:copy again" });
  }
}
