import type { ClientSession, Db, MongoClient } from "mongodb";
import { AppError } from "../../../core/errors.ts";
import type { Repositories } from "../../../core/ports.ts";
import { createRepositories } from "./create-repositories.ts";
import { isUniqueViolation, toStoreError } from "./errors.ts";

const transactionMs = 10_000;

/** The driver knows no limit below two minutes for a transaction that conflicts again and again: this one ends it. */
function createDeadline() {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = () => new AppError("store_unavailable", { log: `a transaction took over ${transactionMs} ms` });
  const passes = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(tooLong());
    }, transactionMs);
  });
  return {
    passes,
    check: () => {
      if (isOver) throw tooLong();
    },
    clear: () => clearTimeout(timer),
  };
}

type Deadline = ReturnType<typeof createDeadline>;

/**
 * Where transactions that met a conflict go on one after another: together they would only meet each other again, and
 * the more there are the longer all would take.
 */
function createLane() {
  let last: Promise<void> = Promise.resolve();
  /** Resolves at one's turn, to what ends it. */
  return async () => {
    const before = last;
    let leave: () => void = () => {};
    last = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    return leave;
  };
}

/** The repositories in a session: one statement at a time, whatever the caller does, since a session cannot carry two. */
function repositoriesIn(db: Db, session: ClientSession, deadline: Deadline) {
  let last: Promise<unknown> = Promise.resolve();
  return createRepositories({
    db,
    run: (statement) => {
      const next = last.then(() => {
        deadline.check();
        return statement(session);
      });
      last = next.catch(() => {});
      return next.catch((error: unknown) => {
        // the driver must see its own errors: by their labels it tries again
        throw isUniqueViolation(error) ? toStoreError(error) : error;
      });
    },
  });
}

/**
 * Runs functions in transactions: all or nothing, each on one snapshot. A conflict with another transaction runs the
 * function again, for 10 s at most.
 */
export function createTransactions(client: MongoClient, db: Db) {
  const enterLane = createLane();

  return async <T>(fn: (tx: Repositories) => Promise<T>): Promise<T> => {
    const deadline = createDeadline();
    const session = client.startSession();
    let tries = 0;
    let leaveLane = () => {};
    const attempt = async () => {
      leaveLane();
      tries += 1;
      if (tries > 1) leaveLane = await enterLane();
      deadline.check();
      return fn(repositoriesIn(db, session, deadline));
    };
    const run = session
      .withTransaction(attempt, { readConcern: { level: "snapshot" }, writeConcern: { w: "majority" } })
      .finally(() => {
        leaveLane();
        return session.endSession();
      });
    try {
      return await Promise.race([run, deadline.passes]);
    } finally {
      deadline.clear();
      // what came too late has been told already
      run.catch(() => {});
    }
  };
}
