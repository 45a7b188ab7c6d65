const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

type Rule = [name: string, pattern: RegExp];

const string = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/;
const rules: Record<string, Rule[]> = {
  sh: [
    ["comment", /(?<=^|\s)#.*/],
    ["string", /"(?:[^"\\]|\\.)*"|'[^']*'/],
    ["name", /(?<=^|\s)--?[A-Za-z][\w-]*/],
    ["value", /\$\w+|\$\{\w+\}/],
  ],
  html: [
    ["comment", /<!--[\s\S]*?-->/],
    ["string", string],
    ["name", /<\/?[a-z][\w-]*|\/?>/],
    ["value", /[a-z-]+(?==)/],
  ],
  js: [
    ["comment", /\/\/.*/],
    ["string", string],
    ["name", /\b(?:const|let|await|async|function|return|if|new|import|from|export)\b/],
    ["value", /\b(?:true|false|null|\d+)\b/],
  ],
  json: [
    ["name", /"(?:[^"\\]|\\.)*"(?=\s*:)/],
    ["string", string],
    ["value", /\b(?:true|false|null)\b|-?\b\d+(?:\.\d+)?\b/],
  ],
  css: [
    ["comment", /\/\*[\s\S]*?\*\//],
    ["string", string],
    ["name", /--[\w-]+|[a-z-]+(?=\s*:)/],
    ["value", /#[0-9a-fA-F]{3,8}\b|\b\d+\w*\b/],
  ],
};
/** What a block's language is called above it. */
export const languageNames: Record<string, string> = {
  sh: "Shell",
  html: "HTML",
  js: "JavaScript",
  json: "JSON",
  css: "CSS",
};

const aliases: Record<string, string> = { bash: "sh", ts: "js", "": "sh" };

/** HTML of a piece of code: comments, strings, names and values in spans, everything else as it is. */
export function highlight(code: string, language: string): string {
  const chosen = rules[aliases[language] ?? language] ?? [];
  if (chosen.length === 0) return escapeHtml(code);
  const all = new RegExp(chosen.map(([, pattern]) => `(${pattern.source})`).join("|"), "gm");
  let html = "";
  let at = 0;
  for (const match of code.matchAll(all)) {
    const index = match.slice(1).findIndex((group) => group !== undefined);
    html += escapeHtml(code.slice(at, match.index));
    html += `<span class="${chosen[index]?.[0]}">${escapeHtml(match[0])}</span>`;
    at = match.index + match[0].length;
  }
  return html + escapeHtml(code.slice(at));
}
