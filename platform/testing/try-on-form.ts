type Fields = Record<string, string | Buffer | undefined>;

/** A form as a browser sends it: bytes become files, what is undefined is left out. */
export function tryOnForm(fields: Fields): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    body.set(name, typeof value === "string" ? value : new File([new Uint8Array(value)], "any-name.png"));
  }
  return body;
}
