import { availableParallelism } from "node:os";
import { hash, verify } from "@node-rs/bcrypt";
import { AppError } from "../../core/errors.ts";
import type { PasswordHasher } from "../../core/sign-in-ports.ts";

interface BcryptOptions {
  /** spec rule 7: 12 */
  cost: number;
  atOnce: number;
  /** more than these are turned away */
  waiting: number;
}

/** At most 4 at once, and not more than there are cores: they share the thread pool with everything else. */
export const defaultBcryptOptions: BcryptOptions = {
  cost: 12,
  atOnce: Math.min(4, availableParallelism()),
  waiting: 100,
};
const retryS = 5;

/** bcrypt on the thread pool, a few at once. `count` tells how many hashes were computed. */
export function createBcryptHasher(options: BcryptOptions): PasswordHasher & { count: () => number } {
  const { cost, atOnce, waiting } = options;
  const queue: (() => void)[] = [];
  let running = 0;
  let computed = 0;
  // an unknown address costs as much as a known one
  const nobody = hash("nobody has this password", { cost });

  // a turn that ends is handed to who waits, so that nobody slips in between
  const next = () => {
    const waiter = queue.shift();
    if (waiter) waiter();
    else running -= 1;
  };
  const inTurn = async <T>(act: () => Promise<T>): Promise<T> => {
    if (queue.length >= waiting) throw new AppError("rate_limited", { retryAfterS: retryS });
    if (running >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
    else running += 1;
    computed += 1;
    try {
      return await act();
    } finally {
      next();
    }
  };

  return {
    hash: (password) => inTurn(() => hash(password, { cost })),
    verify: (password, known) =>
      inTurn(async () => {
        const right = await verify(password, known ?? (await nobody)).catch(() => false);
        return right && known !== null;
      }),
    count: () => computed,
  };
}
