import { createContext, useContext } from "react";

/** The request's CSP nonce. Empty in the browser: the DOM hides nonces after parsing, so hydration must not compare them. */
export const NonceContext = createContext<string | undefined>(undefined);
export const useNonce = () => useContext(NonceContext);
