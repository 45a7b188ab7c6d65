import { Link } from "@remix-run/react";
import { install as words } from "../../../messages/en/install.ts";
import { CopyButton } from "../../../ui/copy-button.tsx";
import styles from "./install.module.css";
import type { Look } from "./look.ts";
import { searchOf } from "./search-of.ts";
import { Section } from "./section.tsx";
import type { Platform } from "./write-snippet.ts";
import { platforms, writeSnippet } from "./write-snippet.ts";

interface Props {
  platform: Platform;
  platformUrl: string;
  publishableKey: string;
  keyId: string;
  look: Look;
}

/** What is pasted, for one shop system; the others are links, so that they work without a script. */
export function SnippetSection({ platform, platformUrl, publishableKey, keyId, look }: Props) {
  const snippet = writeSnippet({ platform, platformUrl, publishableKey, look });
  return (
    <Section id="snippet" title={words.snippet.title}>
      <nav aria-label={words.snippet.title} className={styles.tabs}>
        {platforms.map((one) => (
          <Link
            key={one}
            to={`/dashboard/install?${searchOf({ keyId, platform: one, look })}`}
            aria-current={one === platform ? "page" : undefined}
            preventScrollReset
          >
            {words.snippet.platforms[one]}
          </Link>
        ))}
      </nav>
      <p className={styles.note}>{words.snippet.hints[platform]}</p>
      <div className={styles.snippet}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, by keys too */}
        <pre tabIndex={0}>
          <code>{snippet}</code>
        </pre>
        <CopyButton text={snippet} label={words.snippet.label} />
      </div>
      {platform === "html" && <p className={styles.note}>{words.snippet.bottoms}</p>}
    </Section>
  );
}
