import type { FetcherWithComponents } from "@remix-run/react";
import { useState } from "react";
import { jobWords } from "../../../messages/en/jobs.ts";
import { tryOnWords as words } from "../../../messages/en/try-on.ts";
import type { FormFault } from "../../../session/form-fault.ts";
import { useScript } from "../../../session/use-script.ts";
import { CsrfField } from "../../../ui/csrf-field.tsx";
import { Field } from "../../../ui/field.tsx";
import { Notice } from "../../../ui/notice.tsx";
import { DropZone } from "./drop-zone.tsx";
import type { GarmentChoice } from "./read-try-on-form.ts";
import styles from "./try-on.module.css";
import type { TryOnData } from "./try-on.tsx";

const kinds: GarmentChoice[] = ["top", "bottom", "outfit"];
const modeOf = (kind: GarmentChoice) => (kind === "top" ? "top" : "full");

interface KindsProps {
  current: GarmentChoice;
  allowed: TryOnData["modes"];
  onChoose: (kind: GarmentChoice) => void;
}

const Kinds = ({ current, allowed, onChoose }: KindsProps) => (
  <fieldset className={styles.kinds}>
    <legend>{words.garment}</legend>
    {kinds.map((kind) => {
      const isOff = !allowed.includes(modeOf(kind));
      return (
        <label key={kind} className={styles.kind}>
          <input
            type="radio"
            name="garment"
            value={kind}
            defaultChecked={kind === current}
            disabled={isOff}
            onChange={() => onChoose(kind)}
          />
          {words.kinds[kind].title}
          <span>{isOff ? words.modeOff : words.kinds[kind].note}</span>
        </label>
      );
    })}
  </fieldset>
);

interface Props {
  data: TryOnData;
  fault: FormFault | null;
  fetcher: FetcherWithComponents<unknown>;
  isBusy: boolean;
  onPhoto: (url: string | null) => void;
}

const nobody = () => {};

/** What a try-on is made of. Without a script it is a plain form that leads to the job's page. */
export function TryOnForm({ data, fault, fetcher, isBusy, onPhoto }: Props) {
  const first = kinds.find((kind) => data.modes.includes(modeOf(kind))) ?? "top";
  const [kind, setKind] = useState<GarmentChoice>(first);
  const mode = modeOf(kind);
  const hasScript = useScript();
  const isMissing = (name: string) => fault?.fields[name] !== undefined;
  return (
    <fetcher.Form method="post" encType="multipart/form-data" className={styles.form}>
      <CsrfField />
      <input type="hidden" name="form_id" value={data.formId} />
      {hasScript && <input type="hidden" name="stay" value="yes" />}
      {fault && <Notice kind="danger">{fault.message}</Notice>}
      <Kinds current={first} allowed={data.modes} onChoose={setKind} />
      <div className={styles.zones}>
        <DropZone
          kind="person"
          mode={mode}
          models={data.models}
          isMissing={isMissing("person_image")}
          onChange={onPhoto}
        />
        <div className={styles.top}>
          <DropZone kind="top" mode={mode} isMissing={isMissing("top_image")} onChange={nobody} />
        </div>
        <div className={styles.bottom}>
          <DropZone kind="bottom" mode={mode} isMissing={isMissing("bottom_image")} onChange={nobody} />
        </div>
      </div>
      <Field name="product_id" label={words.product} hint={words.productHint} maxLength={200} fault={fault} />
      <p className={styles.quiet}>{words.consent}</p>
      <button type="submit" className="button" disabled={isBusy}>
        {fetcher.state === "submitting" ? words.sending : words.submit(jobWords.credits(data.prices[mode]))}
      </button>
    </fetcher.Form>
  );
}
