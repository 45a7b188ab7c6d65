import { markPreview } from "./mark-preview.ts";
import { resultFile } from "./result-file.ts";

const marked = async (result: Blob) => resultFile(await markPreview(result, "AI preview · TrailRoom"));

export async function download(result: Blob) {
  const file = await marked(result);
  const href = URL.createObjectURL(file);
  Object.assign(document.createElement("a"), { href, download: file.name }).click();
  // the browser reads it after this turn
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

export async function share(result: Blob) {
  const files = [await marked(result)];
  await navigator.share({ files }).catch(() => {}); // the shopper closed the sheet
}
