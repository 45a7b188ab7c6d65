import type { DragEvent } from "react";
import { useEffect, useRef, useState } from "react";
import type { TryOnMode } from "../../../../core/model.ts";
import { tryOnWords as words } from "../../../messages/en/try-on.ts";
import { useScript } from "../../../session/use-script.ts";
import { PhotoIcon } from "../../../ui/icons/job-icons.tsx";
import styles from "./drop-zone.module.css";
import { SampleModels } from "./sample-models.tsx";
import type { PictureField } from "./use-picture.ts";
import { usePicture } from "./use-picture.ts";

const accepted = "image/jpeg,image/png,image/webp,image/avif";

interface Props {
  kind: PictureField;
  mode: TryOnMode;
  /** addresses of sample people to choose from */
  models?: string[];
  /** the form came back without this picture */
  isMissing: boolean;
  /** the picture's address on this page, for who shows it again */
  onChange: (url: string | null) => void;
}

type Picture = ReturnType<typeof usePicture>;

/** What was found about the picture, read out as it comes. */
function Verdict({ picture, isMissing }: { picture: Picture; isMissing: boolean }) {
  const { verdict, problems } = picture;
  const texts = { none: isMissing ? words.missing : "", unknown: words.notChecked, problems: "" };
  const text = { ...texts, checking: words.checking, fine: words.fine, unreadable: words.unreadable }[verdict];
  const isBad = verdict === "problems" || verdict === "unreadable" || (verdict === "none" && isMissing);
  return (
    <div
      className={`${styles.verdict} ${verdict === "fine" ? styles.fine : ""} ${isBad ? styles.bad : ""}`}
      role="status"
    >
      {text}
      {verdict === "problems" && problems.map(({ code, message, hint }) => <p key={code}>{`${message} ${hint}`}</p>)}
    </div>
  );
}

/** Where one picture is dropped or chosen. */
export function DropZone({ kind, mode, models = [], isMissing, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const picture = usePicture(kind, mode, input);
  const hasScript = useScript();
  const [isOver, setOver] = useState(false);
  const url = picture.chosen?.url ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when the picture changes, not when the listener does
  useEffect(() => onChange(url), [url]);
  const take = (file: File | undefined) => void (file && picture.choose(file));
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const look = [styles.drop, hasScript && styles.ready, isOver && styles.over, isMissing && !url && styles.wrong];
  const id = `${kind}-image`;
  return (
    <div className={styles.zone}>
      <label htmlFor={id} className={styles.title}>
        {words[kind]}
      </label>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is for pointers; the field inside does the same by keyboard */}
      <div
        className={look.filter(Boolean).join(" ")}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {url === null && (
          <>
            <PhotoIcon />
            <strong>{words.drop}</strong>
            <span>{words.choose}</span>
          </>
        )}
        <input
          ref={input}
          id={id}
          type="file"
          name={`${kind}_image`}
          accept={accepted}
          aria-describedby={`${id}-hint`}
          onChange={(event) => take(event.target.files?.[0])}
        />
        {url && <img src={url} alt="" />}
      </div>
      <p id={`${id}-hint`} className={styles.hint}>
        {kind === "person" ? words.personHint : words.garmentHint}
      </p>
      <Verdict picture={picture} isMissing={isMissing} />
      {hasScript && models.length > 0 && <SampleModels models={models} onChoose={take} />}
    </div>
  );
}
