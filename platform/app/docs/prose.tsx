import type { TocEntry } from "./doc-page.tsx";
import { DocPage } from "./doc-page.tsx";

interface Page {
  title: string;
  html: string;
  headings: TocEntry[];
}

const placeholder = "https://your-platform.example";
const plain = (html: string) =>
  html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

/** A page that was written in Markdown; its examples name this very platform. */
export function Prose({ page, publicUrl }: { page: Page; publicUrl: string }) {
  const html = { __html: page.html.replaceAll(placeholder, publicUrl) };
  return (
    <DocPage title={plain(page.title)} toc={page.headings.map(({ id, text }) => ({ id, text: plain(text) }))}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered from the repository's own files when the pages are built */}
      <div dangerouslySetInnerHTML={html} />
    </DocPage>
  );
}
