import type { Endpoint } from "./open-api.ts";
import { isJson } from "./open-api.ts";

const credentials: Record<string, string[]> = {
  secretKey: ['-H "x-api-key: $SECRET_KEY"'],
  session: ['-H "Authorization: Bearer $ACCESS_TOKEN"'],
  publishableKey: ['-H "x-publishable-key: $PUBLISHABLE_KEY"', '-H "Origin: https://shop.example"'],
};

/** The credential that a server would send: its key where that will do. */
function credentialOf(security: Record<string, string[]>[]) {
  const names = security.flatMap((one) => Object.keys(one));
  const name = Object.keys(credentials).find((known) => names.includes(known));
  return name ? (credentials[name] ?? []) : [];
}

/** A single quote ends a shell's string: it is closed, quoted and opened again. */
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** How an endpoint is called with curl: with what the document gives as its example. */
export function exampleCall({ method, path, operation }: Endpoint, base: string): string {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.replace(/([A-Z])/g, "_$1").toUpperCase()}`);
  const required = (operation.parameters ?? []).filter((one) => one.in === "query" && one.required);
  const query = required.map(({ name }) => `${name}=$${name.toUpperCase()}`).join("&");
  const url = `"${base}${address}${query ? `?${query}` : ""}"`;
  const lines = [method === "GET" ? `curl ${url}` : `curl -X ${method} ${url}`];
  lines.push(...credentialOf(operation.security ?? []));
  const json = Object.entries(operation.requestBody?.content ?? {}).find(([type]) => isJson(type))?.[1];
  if (json?.example !== undefined) {
    lines.push('-H "Content-Type: application/json"', `-d ${quote(JSON.stringify(json.example, null, 2))}`);
  }
  return lines.join(" \\\n  ");
}
