import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";

const hydrate = () =>
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  });

// after the first paint, which would else wait for it; a page out of sight is painted at no time
if (document.visibilityState === "visible") requestAnimationFrame(() => setTimeout(hydrate));
else hydrate();
