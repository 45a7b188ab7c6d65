// by hand and in UTC: what Intl writes differs between the server's and a browser's data, and hydration must not
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const two = (number: number) => String(number).padStart(2, "0");

/** 24 Nov 2026 */
export function formatDay(time: Date | string): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** 24 Nov */
export function formatShortDay(time: Date | string): string {
  const date = new Date(time);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
}

/** 24 Nov 2026, 10:05 */
export function formatTime(time: Date | string): string {
  const date = new Date(time);
  return `${formatDay(date)}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}
