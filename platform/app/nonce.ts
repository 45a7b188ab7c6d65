import { createContext, useContext } from "react";

/** The CSP nonce of the request that the document came with. The DOM hides nonces after parsing: hydration must not compare them. */
export const NonceContext = createContext<string | undefined>(undefined);
export const useNonce = () => useContext(NonceContext);
