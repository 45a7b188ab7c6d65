import { formatDay, formatTime } from "../format/format-time.ts";

interface Props {
  value: Date | string;
  /** without the hour */
  dayOnly?: boolean;
}

/** A moment in UTC, for people and machines. */
export const Time = ({ value, dayOnly = false }: Props) => (
  <time dateTime={new Date(value).toISOString()}>{dayOnly ? formatDay(value) : formatTime(value)}</time>
);
