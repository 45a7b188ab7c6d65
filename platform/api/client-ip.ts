import type { Context } from "hono";
import type { ApiEnv } from "./services.ts";

/** The client's address: the socket's, or what the trusted proxies in front say. */
export function clientIp(c: Context<ApiEnv>, hops: number): string {
  const socketIp = c.env?.incoming?.socket?.remoteAddress ?? "127.0.0.1";
  const forwarded = c.req.header("x-forwarded-for");
  if (hops === 0 || !forwarded) return socketIp;
  const chain = forwarded.split(",").map((part) => part.trim());
  return chain[Math.max(0, chain.length - hops)] ?? socketIp;
}
