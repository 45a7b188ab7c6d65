/** What one look found. `remedy` says how to mend what is not well. */
export interface Finding {
  level: "ok" | "warn" | "fault";
  subject: string;
  text: string;
  remedy?: string;
}

export const well = (subject: string, text: string): Finding => ({ level: "ok", subject, text });
export const doubtful = (subject: string, text: string, remedy: string): Finding => ({
  level: "warn",
  subject,
  text,
  remedy,
});
export const wrong = (subject: string, text: string, remedy: string): Finding => ({
  level: "fault",
  subject,
  text,
  remedy,
});

/** An error's first line, without addresses that carry a password. */
export const reasonOf = (error: unknown): string => {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split("\n")[0] ?? "").replace(/\/\/[^@/\s]*@/g, "//…@");
};
