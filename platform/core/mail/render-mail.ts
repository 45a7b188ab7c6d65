import type { MailMessages } from "./mail-messages.ts";
import type { mailTypes } from "./mail-types.ts";

interface MailContent {
  type: (typeof mailTypes)[number];
  /** what fills the text's places; user text among it */
  values: Record<string, string>;
  /** behind the button */
  url: string | null;
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? "");
/** One line of plain text: a subject or a line that user text breaks in two would be another mail. */
const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
const fill = (text: string, values: Record<string, string>) =>
  text.replace(/\{(\w+)\}/g, (_place, name: string) => oneLine(values[name] ?? ""));

/** Subject, text and HTML of one mail. Everything filled in is escaped; links are ours alone. */
export function renderMail(messages: MailMessages, { type, values, url }: MailContent) {
  const message = messages.mails[type];
  const greeting = values.first_name ? messages.greeting : messages.greetingNobody;
  const lines = [greeting, ...message.lines].map((line) => fill(line, values));
  const footer = fill(messages.footer, values);
  const action = url && message.action ? { url, label: message.action } : null;
  const text = [...lines, ...(action ? [`${action.label}:\n${action.url}`] : []), `--\n${footer}`].join("\n\n");
  return { subject: fill(message.subject, values), text: `${text}\n`, html: page(messages, lines, action, footer) };
}

const cell =
  "max-width:560px;margin:0 auto;padding:32px 24px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,sans-serif;color:#1c2521";
const button =
  "display:inline-block;padding:12px 22px;border-radius:8px;background:#14614a;color:#ffffff;text-decoration:none;font-weight:600";

function page(
  messages: MailMessages,
  lines: string[],
  action: { url: string; label: string } | null,
  footer: string,
): string {
  const paragraphs = lines.map((line) => `<p style="margin:0 0 16px">${escapeHtml(line)}</p>`);
  const link = action && [
    `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="${button}">${escapeHtml(action.label)}</a></p>`,
    `<p style="margin:0 0 16px;font-size:13px;color:#55605a;overflow-wrap:anywhere">${escapeHtml(fill(messages.orCopy, { url: action.url }))}</p>`,
  ];
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>TrailRoom</title></head>',
    `<body style="margin:0;background:#f4f6f5"><div style="${cell};background:#ffffff">`,
    '<p style="margin:0 0 24px;font-weight:700;font-size:18px;color:#14614a">TrailRoom</p>',
    ...paragraphs,
    ...(link ?? []),
    `<p style="margin:32px 0 0;border-top:1px solid #dde3e0;padding-top:16px;font-size:13px;color:#55605a">${escapeHtml(footer)}</p>`,
    "</div></body></html>",
  ].join("\n");
}
