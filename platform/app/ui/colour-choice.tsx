import { useLocation, useRouteLoaderData } from "@remix-run/react";
import { site } from "../messages/en/site.ts";
import type { loader } from "../root.tsx";
import { colourSchemes } from "../session/colour-scheme.ts";
import styles from "./segmented.module.css";

/** System, light or dark: three buttons of one form, so that it works without a script. */
export function ColourChoice() {
  const { pathname, search } = useLocation();
  const current = useRouteLoaderData<typeof loader>("root")?.colourScheme ?? "system";
  return (
    <form method="post" action="/colour-scheme" className={styles.segmented} aria-label={site.colours.label}>
      <input type="hidden" name="return_to" value={pathname + search} />
      {colourSchemes.map((scheme) => (
        <button
          type="submit"
          key={scheme}
          name="scheme"
          value={scheme}
          aria-pressed={scheme === current}
          className={styles.segment}
        >
          {site.colours[scheme]}
        </button>
      ))}
    </form>
  );
}
