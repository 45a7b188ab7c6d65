import { useState } from "react";
import { tryOnWords as words } from "../messages/en/try-on.ts";
import { DownloadIcon } from "./icons/job-icons.tsx";

const readAfterMs = 10_000;

/** Saves a result with the small mark that says what it is; the mark is made on the device, as the widget does. */
export function DownloadResult({ url }: { url: string }) {
  const [isOffline, setOffline] = useState(false);
  const download = async () => {
    try {
      const { markPreview } = await import("@trailroom/widget/mark-preview");
      const answer = await fetch(url);
      if (!answer.ok) throw new Error("no picture");
      const href = URL.createObjectURL(await markPreview(await answer.blob(), words.mark));
      Object.assign(document.createElement("a"), { href, download: "try-on.jpg" }).click();
      setTimeout(() => URL.revokeObjectURL(href), readAfterMs);
      setOffline(false);
    } catch {
      setOffline(true);
    }
  };
  return (
    <>
      <button type="button" className="button quiet" onClick={() => void download()}>
        <DownloadIcon />
        {words.download}
      </button>
      {isOffline && <p role="alert">{words.offline}</p>}
    </>
  );
}
