import type { RouteHandle } from "../route-handle.ts";

export const handle: RouteHandle = { isStatic: true };

export const loader = () => {
  throw new Response("Not found", { status: 404 });
};

export default function NotFound() {
  return null;
}
