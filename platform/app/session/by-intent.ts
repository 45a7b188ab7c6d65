import type { SignedAction } from "./page-action.ts";

/** A page with several forms tells them apart by the hidden field `intent`; an unknown one is nobody's. */
export function byIntent<T>(handlers: Record<string, (signed: SignedAction) => Promise<T>>) {
  return (signed: SignedAction): Promise<T> => {
    const intent = String(signed.form.get("intent"));
    const handle = Object.hasOwn(handlers, intent) ? handlers[intent] : undefined;
    if (!handle) throw new Response("no such form", { status: 400 });
    return handle(signed);
  };
}
