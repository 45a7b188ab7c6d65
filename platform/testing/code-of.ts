/** An answer in a word: its status, and the code of its error where it is one. */
export const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) =>
  `${status} ${body.error?.code ?? ""}`.trim();
