import type { TryOnMode } from "../model.ts";
import type { Store } from "../ports.ts";

const defaultSystem =
  "Show the same person wearing the given garment. Keep face, hair, hands, body shape, pose, background and light as they are.";
const defaults = {
  top_only: "Replace only the top with the given one. Keep its colour, print, neckline and length.",
  full_outfit:
    "Replace the bottom, and the top where one is given, with the given ones. Keep their colour, print and length.",
};

export interface ComposedPrompt {
  text: string;
  /** of the active row for the mode; null while the built-in text is used */
  id: string | null;
  version: number | null;
}

/** What an engine is told: the active system prompt, then the one for the mode. */
export async function composePrompt({ prompts }: Pick<Store, "prompts">, mode: TryOnMode): Promise<ComposedPrompt> {
  const type = mode === "top" ? "top_only" : "full_outfit";
  const [system, specific] = await Promise.all([prompts.findActive("system"), prompts.findActive(type)]);
  return {
    text: `${system?.content ?? defaultSystem}\n${specific?.content ?? defaults[type]}`,
    id: specific?.id ?? null,
    version: specific?.version ?? null,
  };
}
