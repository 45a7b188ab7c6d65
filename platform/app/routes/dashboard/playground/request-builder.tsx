import { useState } from "react";
import { playgroundWords as words } from "../../../messages/en/playground.ts";
import type { Values } from "../../../playground/to-draft.ts";
import { fieldId, toDraft } from "../../../playground/to-draft.ts";
import type { Credential, RequestForm } from "../../../playground/to-request-form.ts";
import { Card } from "../../../ui/card.tsx";
import { AnswerPanel } from "./answer-panel.tsx";
import { CodePanel } from "./code-panel.tsx";
import { CredentialFields } from "./credential-fields.tsx";
import styles from "./playground.module.css";
import { RequestFields } from "./request-fields.tsx";
import type { Answer } from "./send-draft.ts";
import { sendDraft } from "./send-draft.ts";

interface Props {
  form: RequestForm;
  base: string;
  secret: string;
  onSecret: (secret: string) => void;
}

/** Only what must be there is filled in at first: an example in every field would ask for more than one means. */
const startValues = ({ fields }: RequestForm): Values =>
  Object.fromEntries(fields.map((field) => [fieldId(field), field.isRequired ? field.example : ""]));

/** What was sent, and what came of it. */
function useSending() {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [state, setState] = useState<"idle" | "sending" | "failed">("idle");
  const send = async (...request: Parameters<typeof sendDraft>) => {
    setState("sending");
    try {
      setAnswer(await sendDraft(...request));
      setState("idle");
    } catch {
      setAnswer(null);
      setState("failed");
    }
  };
  return { answer, state, send };
}

/** One endpoint: what is filled in, the code of it, and the answer. */
export function RequestBuilder({ form, base, secret, onSecret }: Props) {
  const [values, setValues] = useState(() => startValues(form));
  const [files, setFiles] = useState<Record<string, File>>({});
  const [credential, setCredential] = useState<Credential>(form.credentials[0] ?? "none");
  const { answer, state, send } = useSending();
  const draft = toDraft(form, values, credential, base);
  const setFile = (name: string, file: File | null) =>
    setFiles(({ [name]: _former, ...others }) => (file ? { ...others, [name]: file } : others));
  return (
    <div className={styles.parts}>
      <Card title={form.summary || form.path} note={<code>{`${form.method} ${form.path}`}</code>}>
        {form.description && <p className={styles.about}>{form.description}</p>}
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            void send(draft, secret, files);
          }}
        >
          <CredentialFields
            possible={form.credentials}
            credential={credential}
            onCredential={setCredential}
            secret={secret}
            onSecret={onSecret}
          />
          <RequestFields
            fields={form.fields}
            values={values}
            onChange={(id, value) => setValues((former) => ({ ...former, [id]: value }))}
            onFile={setFile}
          />
          <noscript>{words.needsScript}</noscript>
          <button type="submit" className="button" disabled={state === "sending"}>
            {state === "sending" ? words.sending : words.send}
          </button>
        </form>
      </Card>
      <div className={styles.column}>
        <CodePanel draft={draft} />
        <AnswerPanel answer={answer} hasFailed={state === "failed"} />
      </div>
    </div>
  );
}
