import { useFetcher } from "@remix-run/react";
import type { RefObject } from "react";
import { useEffect, useState } from "react";
import type { ImageProblem } from "../../../../core/errors.ts";
import type { TryOnMode } from "../../../../core/model.ts";
import { useCsrfToken } from "../../../session/use-csrf-token.ts";
import type { action } from "./check.ts";
import { putFile } from "./put-file.ts";

export type PictureField = "person" | "top" | "bottom";

interface Chosen {
  file: File;
  url: string;
}

type Verdict = "none" | "checking" | "fine" | "problems" | "unknown" | "unreadable";

/** A photo as it is sent: turned upright, shrunk, without metadata, by the widget's own code. A garment goes as it is. */
async function prepare(kind: PictureField, file: File): Promise<File> {
  if (kind !== "person") return file;
  const { preparePhoto } = await import("@trailroom/widget/prepare-photo");
  return new File([await preparePhoto(file)], "photo.jpg", { type: "image/jpeg" });
}

/** The picture of one field: chosen, shown, checked. */
export function usePicture(kind: PictureField, mode: TryOnMode, input: RefObject<HTMLInputElement>) {
  const csrf = useCsrfToken();
  const check = useFetcher<typeof action>();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  useEffect(() => () => void (chosen && URL.revokeObjectURL(chosen.url)), [chosen]);
  // a photo that does for a top may be too short for trousers: looked at again when the garment changes
  // biome-ignore lint/correctness/useExhaustiveDependencies: the fetcher and the token change without a reason to look again
  useEffect(() => {
    if (!chosen) return;
    const form = new FormData();
    for (const [name, value] of Object.entries({ csrf, kind, mode })) form.set(name, value);
    form.set("image", chosen.file);
    check.submit(form, { method: "post", action: "/dashboard/try-on/check", encType: "multipart/form-data" });
  }, [chosen, kind === "person" && mode]);

  const choose = async (source: File) => {
    try {
      const file = await prepare(kind, source);
      if (input.current) putFile(input.current, file);
      setUnreadable(false);
      setChosen({ file, url: URL.createObjectURL(file) });
    } catch {
      if (input.current) putFile(input.current, null);
      setUnreadable(true);
      setChosen(null);
    }
  };
  const clear = () => {
    if (input.current) putFile(input.current, null);
    setChosen(null);
  };
  const problems: ImageProblem[] = check.data && "problems" in check.data ? check.data.problems : [];
  return { chosen, choose, clear, problems, verdict: verdictOf() };

  function verdictOf(): Verdict {
    if (isUnreadable) return "unreadable";
    if (!chosen) return "none";
    if (check.state !== "idle" || !check.data) return "checking";
    if (!("problems" in check.data)) return "unknown";
    return problems.length > 0 ? "problems" : "fine";
  }
}
