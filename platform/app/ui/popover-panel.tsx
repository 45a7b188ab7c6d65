import { useLocation } from "@remix-run/react";
import type { HTMLAttributes, ReactNode } from "react";
import { useEffect, useRef } from "react";

interface Props extends HTMLAttributes<HTMLDivElement> {
  id: string;
  children: ReactNode;
}

/** React 18 does not know these attributes; browsers do, and open and close the panel without a script. */
export const popoverButton = (id: string) => ({ popovertarget: id });

/** A panel that `popoverButton(id)` opens; it closes at Escape, at a click beside it, and when a link in it was followed. */
export function PopoverPanel({ id, children, ...rest }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  const { key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says that the page has changed
  useEffect(() => {
    if (panel.current?.matches(":popover-open")) panel.current.hidePopover();
  }, [key]);
  return (
    <div ref={panel} id={id} {...{ popover: "auto" }} {...rest}>
      {children}
    </div>
  );
}
