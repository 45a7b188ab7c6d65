/** Control characters and the ones that turn or hide text: no name or label needs them, headers and mails suffer from them. */
const unwanted = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** Whether a line of text may be kept and shown: one line, nothing invisible. */
export const isPlainLine = (text: string) => !unwanted.test(text);
