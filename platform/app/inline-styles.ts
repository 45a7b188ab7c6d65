import type { EntryContext } from "@remix-run/node";
import { createContext, useContext } from "react";

/** The styles of the routes that the document came with. */
export const StylesContext = createContext("");
export const useStyles = () => useContext(StylesContext);

/**
 * The styles of the routes that this document shows, as text to put into it, and the context without their files: the
 * first paint waits for no other request. Routes visited later load theirs as files.
 */
export function inlineStyles(context: EntryContext, read: (href: string) => string) {
  const shown = new Set(context.staticHandlerContext.matches.map(({ route }) => route.id));
  const hrefs = new Set<string>();
  const routes = Object.entries(context.manifest.routes).map(([id, route]) => {
    if (!shown.has(id)) return [id, route];
    for (const href of route.css ?? []) hrefs.add(href);
    return [id, { ...route, css: [] }];
  });
  const manifest = { ...context.manifest, routes: Object.fromEntries(routes) };
  return { context: { ...context, manifest }, styles: [...hrefs].map(read).join("\n") };
}
