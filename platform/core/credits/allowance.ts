import type { Role, User } from "../model.ts";

/** Free credits a day by role (configuration). */
export type FreeAllowance = Record<Role, number>;

export const defaultFreeAllowance: FreeAllowance = { free: 3, paid: 3, admin: 3 };

/** What the account gets each day: nothing before its address is verified (spec rule 1). */
export const allowanceOf = (user: User, allowance: FreeAllowance) =>
  user.is_email_verified && user.is_active ? allowance[user.role] : 0;
