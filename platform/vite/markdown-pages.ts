// Turns `import page from "….md?page"` into { title, html, headings } when the pages are built: no renderer at run time.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Marked } from "marked";
import type { Plugin } from "vite";
import { highlight, languageNames } from "../app/docs/highlight.ts";

const suffix = ".md?page";

/** What the repository's own pages are called on the site. */
const addresses: Record<string, string> = {
  "quick-start.md": "/docs/quick-start",
  "merchant.md": "/docs/shop",
  "widget.md": "/docs/widget",
  "test-mode.md": "/docs/test-mode",
  "changelog.md": "/docs/changelog",
  "webhooks.md": "/docs/webhooks",
  "engine.md": "/docs/engine",
};

const escapeHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
const slugOf = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

interface Heading {
  id: string;
  text: string;
}

/** One page. The first heading is its title; those of the second level are its table of contents. */
function render(source: string) {
  const headings: Heading[] = [];
  let title = "";
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const inner = this.parser.parseInline(tokens);
        if (depth === 1) {
          title = inner.replace(/<[^>]+>/g, "");
          return "";
        }
        const id = slugOf(text);
        if (depth === 2) headings.push({ id, text: inner.replace(/<[^>]+>/g, "") });
        return `<h${depth} id="${id}"><a class="anchor" href="#${id}">${inner}</a></h${depth}>\n`;
      },
      code: ({ text, lang = "sh" }) =>
        `<div class="code"><p class="code-label">${languageNames[lang || "sh"] ?? lang}</p><pre tabindex="0"><code>${highlight(text, lang)}</code></pre></div>\n`,
      // what a file tells its writers
      html: ({ raw, text }) => (raw.startsWith("<!--") ? "" : text),
      link({ href, tokens }) {
        const [file = "", hash] = href.split("#");
        const to = addresses[path.basename(file)] ?? file;
        return `<a href="${escapeHtml(hash ? `${to}#${hash}` : to)}">${this.parser.parseInline(tokens)}</a>`;
      },
      table({ header, rows }) {
        // where rows have names of their own, a cell that stands below others on a phone needs its column's
        const label = (tag: string, column: number) => {
          const isLabelled = tag === "td" && column > 0 && header[0]?.text === "";
          return isLabelled ? ` data-label="${escapeHtml(header[column]?.text.replaceAll("`", "") ?? "")}"` : "";
        };
        const cell = (tag: string) => (one: (typeof header)[number], column: number) =>
          `<${tag}${label(tag, column)}>${this.parser.parseInline(one.tokens)}</${tag}>`;
        const line = (cells: typeof header, tag: string) => `<tr>${cells.map(cell(tag)).join("")}</tr>`;
        const isNamed = header.some(({ text }) => text !== "");
        const head = isNamed ? `<thead>${line(header, "th")}</thead>` : "";
        const body = rows.map((row) => line(row, "td")).join("");
        return `<div class="table" tabindex="0"><table>${head}<tbody>${body}</tbody></table></div>\n`;
      },
    },
  });
  const html = marked.parse(source, { async: false });
  return { title, html, headings };
}

export function markdownPages(): Plugin {
  return {
    name: "markdown-pages",
    enforce: "pre",
    async load(id) {
      if (!id.endsWith(suffix)) return null;
      const file = id.slice(0, -"?page".length);
      this.addWatchFile(file);
      return `export default ${JSON.stringify(render(await readFile(file, "utf8")))};`;
    },
  };
}
