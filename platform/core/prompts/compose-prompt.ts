import type { Prompt, TryOnMode } from "../model.ts";
import type { Store } from "../ports.ts";
import { seededPrompts } from "./seeded-prompts.ts";

export interface ComposedPrompt {
  text: string;
  /** of the active row for the mode; null while the built-in text is used */
  id: string | null;
  version: number | null;
}

const builtIn = (type: Prompt["type"]) => seededPrompts.find((prompt) => prompt.type === type)?.content ?? "";

/** Which picture is which: engines get the person first, then the top, then the bottom. */
function describeImages({ top, bottom }: { top: boolean; bottom: boolean }) {
  const names = ["the person", ...(top ? ["the top to wear"] : []), ...(bottom ? ["the bottom to wear"] : [])];
  const list = names.map((name, index) => `image ${index + 1} is ${name}`).join("; ");
  const keepsTop = !top && bottom ? " No top is given: the worn top stays as it is." : "";
  return `The images: ${list}.${keepsTop}`;
}

/** What an engine is told: the active system prompt, the one for the mode, and which picture is which. */
export async function composePrompt(
  { prompts }: Pick<Store, "prompts">,
  mode: TryOnMode,
  garments: { top: boolean; bottom: boolean },
): Promise<ComposedPrompt> {
  const type = mode === "top" ? "top_only" : "full_outfit";
  const [system, specific] = await Promise.all([prompts.findActive("system"), prompts.findActive(type)]);
  const parts = [system?.content ?? builtIn("system"), specific?.content ?? builtIn(type), describeImages(garments)];
  return {
    text: parts.join("\n\n"),
    id: specific?.id ?? null,
    version: specific?.version ?? null,
  };
}
