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
  const shown = useRef(key);
  useEffect(() => {
    // the same page has only come alive: who opened the panel before keeps it
    if (shown.current === key) return;
    shown.current = key;
    if (panel.current?.matches(":popover-open")) panel.current.hidePopover();
  }, [key]);
  return (
    <div ref={panel} id={id} {...{ popover: "auto" }} {...rest}>
      {children}
    </div>
  );
}
