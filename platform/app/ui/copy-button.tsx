import { useEffect, useState } from "react";
import { copy as words } from "../messages/en/copy.ts";

const toldMs = 2_000;

interface Props {
  text: string;
  /** what is copied, for those who do not see where the button stands */
  label: string;
}

/** Copies a text. Without a script it is not there: the text itself can be selected at one tap. */
export function CopyButton({ text, label }: Props) {
  const [canCopy, setCanCopy] = useState(false);
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => setCanCopy("clipboard" in navigator), []);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), toldMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
  };
  return (
    <button
      type="button"
      className="button quiet copy"
      aria-label={isCopied ? words.done : words.label(label)}
      disabled={!canCopy}
      onClick={() => void copy().catch(() => setCanCopy(false))}
    >
      {isCopied ? words.done : words.copy}
    </button>
  );
}
