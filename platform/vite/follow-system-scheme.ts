import type { CSSOptions } from "vite";

type Postcss = Exclude<CSSOptions["postcss"], string | undefined>;
type Plugin = Extract<NonNullable<Postcss["plugins"]>[number], { postcssPlugin: string }>;

const schemeAttribute = /\[data-mantine-color-scheme=(['"]?)(light|dark)\1\]/;

/**
 * Mantine's styles know a light and a dark page and need a script to follow the system. This writes each of their rules
 * once more, for a page marked `auto`, under the media query: such a page follows the system from its first paint.
 */
export const followSystemScheme: Plugin = {
  postcssPlugin: "follow-system-scheme",
  OnceExit(root, { AtRule }) {
    root.walkRules(schemeAttribute, (rule) => {
      const scheme = schemeAttribute.exec(rule.selector)?.[2];
      const media = new AtRule({ name: "media", params: `(prefers-color-scheme: ${scheme})` });
      media.append(
        rule.clone({
          selector: rule.selector.replaceAll(new RegExp(schemeAttribute, "g"), "[data-mantine-color-scheme=auto]"),
        }),
      );
      rule.after(media);
    });
  },
};
