import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { StylesContext } from "./inline-styles.ts";
import { NonceContext } from "./nonce.ts";

// an extension may have changed the document: React then draws it anew, and needs what the server had
const style = document.querySelector<HTMLStyleElement>("head > style[data-page]");

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <NonceContext.Provider value={style?.nonce}>
        <StylesContext.Provider value={style?.textContent ?? ""}>
          <RemixBrowser />
        </StylesContext.Provider>
      </NonceContext.Provider>
    </StrictMode>,
  );
});
