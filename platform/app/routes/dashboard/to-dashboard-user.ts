import type { User } from "../../../core/model.ts";

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => [...part][0] ?? "")
    .join("")
    .toUpperCase();

/** What the dashboard shows of its user. */
export function toDashboardUser(user: User) {
  const fullName = [user.first_name, user.last_name].filter(Boolean).join(" ");
  return {
    name: fullName || user.email,
    firstName: user.first_name ?? user.email,
    initials: initialsOf(fullName || user.email),
    email: user.email,
    role: user.role,
    isVerified: user.is_email_verified,
    isSuspended: user.is_suspended,
  };
}
