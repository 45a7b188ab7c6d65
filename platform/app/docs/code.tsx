import { highlight, languageNames } from "./highlight.ts";

/** A block of code; the copy button is added by public/copy.js where scripts run. */
export function Code({ text, language, label }: { text: string; language: string; label?: string }) {
  return (
    <div className="code">
      <p className="code-label">{label ?? languageNames[language] ?? "\u00a0"}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        {/* biome-ignore lint/security/noDangerouslySetInnerHtml: highlight() escapes all that is not its own spans */}
        <code dangerouslySetInnerHTML={{ __html: highlight(text, language) }} />
      </pre>
    </div>
  );
}
