import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";

interface Entry {
  name?: string;
  description?: string;
  default?: string;
  type?: { text: string };
}
interface Declaration {
  tagName?: string;
  description?: string;
  attributes?: Entry[];
  events?: Entry[];
  cssProperties?: Entry[];
  cssParts?: Entry[];
  slots?: Entry[];
  members?: (Entry & { kind: string; privacy?: string })[];
}

const widget = path.dirname(import.meta.dirname);

function analyse(): Declaration {
  const folder = mkdtempSync(path.join(tmpdir(), "trailroom-cem-"));
  try {
    const entry = createRequire(import.meta.url).resolve("@custom-elements-manifest/analyzer/package.json");
    const cli = path.join(path.dirname(entry), "cem.js");
    // in a folder of its own: the analyzer writes into the package.json that it finds
    cpSync(path.join(widget, "src", "loader.ts"), path.join(folder, "loader.ts"));
    writeFileSync(path.join(folder, "package.json"), "{}");
    execFileSync(process.execPath, [cli, "analyze", "--globs", "loader.ts"], { cwd: folder, stdio: "pipe" });
    const manifest = JSON.parse(readFileSync(path.join(folder, "custom-elements.json"), "utf8"));
    return manifest.modules[0].declarations.find((declaration: Declaration) => declaration.tagName);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const table = (title: string, entries: Entry[] = [], note = "") => {
  if (entries.length === 0) return "";
  const rows = entries.map(({ name, type, description = "", default: preset }) => {
    const kind = type ? `\`${type.text.replaceAll("|", "\\|")}\`` : "";
    return `| \`${name || "(default)"}\` | ${kind} | ${description}${preset ? ` Default: ${preset}.` : ""} |`;
  });
  return `## ${title}\n\n| name | type | |\n|---|---|---|\n${rows.join("\n")}\n\n${note ? `${note}\n\n` : ""}`;
};

const mirrored =
  "Each is a property too, in camel case: `element.productId`, `element.apiBase`. A change is taken up at once, also while the dialog is open.";
const carried =
  "Events bubble and leave the shadow. `event.detail` is `{ productId, jobId }`, each a string or null, and nothing more.";

/** docs/widget.md, from the element's JSDoc by way of its custom-elements manifest. */
export function describeElement(): string {
  const { tagName, description, attributes, events, cssProperties, cssParts, slots, members } = analyse();
  const methods = members?.filter(
    ({ kind, privacy, description: text }) => kind === "method" && privacy !== "private" && text,
  );
  const named = attributes?.filter(({ name, description: text }) => name && text);
  return `# \`<${tagName}>\`

<!-- Made from the element's own comments by npm run docs -w widget: do not edit. -->

${description}

\`\`\`html
<script type="module" src="https://your-platform.example/v1/trailroom.js"></script>
<trailroom-tryon publishable-key="pk_live_…" product-id="tee-1" product-image="https://shop.example/tee-1.jpg" mode="top">
  <button>Try it on</button>
</trailroom-tryon>
\`\`\`

A content security policy needs the platform's origin in \`script-src\` and \`connect-src\`, and \`blob:\` in \`img-src\`. Nothing else: no \`style-src\` and no Trusted Types policy. Setting it up, step by step: [put it on your shop](merchant.md).

${table("Attributes", named, mirrored)}${table("Events", events, carried)}${table("Methods", methods)}${table("Custom properties", cssProperties)}${table("Parts", cssParts)}${table("Slots", slots)}`
    .trimEnd()
    .concat("\n");
}
