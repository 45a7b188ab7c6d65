import type { CSSOptions } from "vite";

type Postcss = Exclude<CSSOptions["postcss"], string | undefined>;
type Plugin = Extract<NonNullable<Postcss["plugins"]>[number], { postcssPlugin: string }>;

/** Named by Mantine's components at run time, by a colour or a size that a page gave them. */
const namedByPages = /^--mantine-(color-((brand|red|gray)-[a-z]|default)|radius-|spacing-|font-size-)/;
const used = /var\((--mantine-[\w-]+)/g;

/** Leaves out the variables of Mantine that nothing names, most of its styles' weight; again while that leaves others unnamed. */
export const dropUnusedVariables: Plugin = {
  postcssPlugin: "drop-unused-variables",
  OnceExit(root) {
    for (let dropped = true; dropped; ) {
      dropped = false;
      const named = new Set<string>();
      root.walkDecls(({ value }) => {
        for (const [, name = ""] of value.matchAll(used)) named.add(name);
      });
      root.walkDecls(/^--mantine-/, (declaration) => {
        if (named.has(declaration.prop) || namedByPages.test(declaration.prop)) return;
        declaration.remove();
        dropped = true;
      });
    }
    root.walkRules((rule) => {
      if (rule.nodes.length === 0) rule.remove();
    });
  },
};
