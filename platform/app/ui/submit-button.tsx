import type { ReactNode } from "react";

/** The one button of a public form. */
export const SubmitButton = ({ children }: { children: ReactNode }) => (
  <button type="submit" className="button wide">
    {children}
  </button>
);
