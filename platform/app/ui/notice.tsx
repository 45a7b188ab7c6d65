import type { ReactNode } from "react";

interface Props {
  kind: "info" | "ok" | "warn" | "danger";
  title?: string;
  children: ReactNode;
}

/** A boxed message. What went wrong is an alert; what went well a status: both are read out. */
export function Notice({ kind, title, children }: Props) {
  return (
    <div className={`notice ${kind}`} role={kind === "danger" ? "alert" : "status"}>
      {title && <strong>{title}</strong>}
      <div>{children}</div>
    </div>
  );
}
