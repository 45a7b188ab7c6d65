const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escapeXml = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

/** One XML element around text or elements that are already XML. */
export const element = (name: string, inner: string) => `<${name}>${inner}</${name}>`;

export const documentOf = (root: string) => `<?xml version="1.0" encoding="UTF-8"?>\n${root}`;

/** The contents of each element of this name; enough for the small documents that S3's clients send. */
export const contentsOf = (xml: string, name: string) =>
  [...xml.matchAll(new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, "g"))].map(([, inner]) => inner ?? "");
