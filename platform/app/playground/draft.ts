/** One part of a multipart body: text, or a file by its name. */
export type Part = { name: string; value: string } | { name: string; fileName: string };

/** A request as the playground builds it. */
export interface Draft {
  method: string;
  url: string;
  /** the header of the credential, whose value the code takes from the environment; null = none */
  keyHeader: "x-api-key" | "x-publishable-key" | "authorization" | null;
  headers: [name: string, value: string][];
  body: { kind: "json"; value: unknown } | { kind: "multipart"; parts: Part[] } | null;
}

/** What the code calls the key in its environment. */
export const keyVariable = "TRAILROOM_KEY";

/** What stands before the key in its header. */
export const keyPrefix = ({ keyHeader }: Draft) => (keyHeader === "authorization" ? "Bearer " : "");
