/** An opening tag of a page. */
export interface Tag {
  name: string;
  /** names in lower case; the first one of a name counts, as in browsers */
  attributes: Record<string, string>;
  /** what a script holds; else empty */
  text: string;
}

/** Elements whose content is text, whatever it looks like. */
const rawText = new Set(["script", "style", "textarea", "title", "noscript", "iframe", "xmp", "noembed", "noframes"]);
const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const decode = (value: string) =>
  value.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name.toLowerCase()] ?? whole;
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

const attribute = /[\s/]*([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/y;

/** The attributes from `start` to the tag's end. Each step goes on where the last one stopped: no way back. */
function readAttributes(html: string, start: number) {
  const attributes: Record<string, string> = {};
  let at = start;
  for (;;) {
    attribute.lastIndex = at;
    const found = attribute.exec(html);
    if (!found) break;
    at = attribute.lastIndex;
    const [, name = "", double, single, bare] = found;
    const key = name.toLowerCase();
    if (!Object.hasOwn(attributes, key)) attributes[key] = decode(double ?? single ?? bare ?? "");
  }
  const end = html.indexOf(">", at);
  return { attributes, end: end < 0 ? html.length : end + 1 };
}

/** Where an element of text ends. */
function findClose(html: string, name: string, start: number) {
  const close = new RegExp(`</${name}(?=[\\s/>])`, "gi");
  close.lastIndex = start;
  return close.exec(html)?.index ?? html.length;
}

const opening = /<(?:!--|([a-z][^\s/>]*))/gi;

/** The opening tags of a page, as its server sent it, in order. Comments and what stands in scripts and styles are no tags. */
export function scanTags(html: string): Tag[] {
  const tags: Tag[] = [];
  let at = 0;
  for (;;) {
    opening.lastIndex = at;
    const found = opening.exec(html);
    if (!found) return tags;
    at = opening.lastIndex;
    const name = found[1]?.toLowerCase();
    if (name === undefined) {
      const end = html.indexOf("-->", at);
      if (end < 0) return tags;
      at = end + 3;
      continue;
    }
    const { attributes, end } = readAttributes(html, at);
    const close = rawText.has(name) ? findClose(html, name, end) : end;
    tags.push({ name, attributes, text: name === "script" ? html.slice(end, close) : "" });
    at = close;
  }
}
