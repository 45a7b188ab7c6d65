import { v7 as uuidv7 } from "uuid";
import type { CreditTransaction } from "../model.ts";
import type { Repositories } from "../ports.ts";

type Row = Omit<CreditTransaction, "id" | "metadata"> & { metadata?: CreditTransaction["metadata"] };

/** Appends one row to the ledger; false when its reference is booked already. */
export const writeLedgerRow = (tx: Repositories, row: Row) =>
  tx.creditTransactions.insertOnce({ id: uuidv7(), ...row, metadata: row.metadata ?? null });
