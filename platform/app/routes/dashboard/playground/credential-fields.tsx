import { Link } from "@remix-run/react";
import { playgroundWords as words } from "../../../messages/en/playground.ts";
import type { Credential } from "../../../playground/to-request-form.ts";
import { Notice } from "../../../ui/notice.tsx";
import styles from "./playground.module.css";

interface Props {
  possible: Credential[];
  credential: Credential;
  onCredential: (credential: Credential) => void;
  secret: string;
  onSecret: (secret: string) => void;
}

/** Which credential is sent. What is typed is in the page's memory alone: the field has no name and no form sends it. */
export function CredentialFields({ possible, credential, onCredential, secret, onSecret }: Props) {
  const isLive = /^(sk|pk)_live_/.test(secret);
  return (
    <fieldset className={styles.group}>
      <legend>{words.credential}</legend>
      <div className={styles.field}>
        <select
          className={styles.control}
          aria-label={words.credential}
          value={credential}
          onChange={(event) => onCredential(event.target.value as Credential)}
        >
          {possible.map((one) => (
            <option key={one} value={one}>
              {words.credentials[one]}
            </option>
          ))}
        </select>
      </div>
      {credential !== "none" && (
        <div className={styles.field}>
          <label htmlFor="playground-key" className={styles.plain}>
            {words.key}
          </label>
          <input
            id="playground-key"
            type="password"
            className={styles.control}
            autoComplete="off"
            spellCheck={false}
            // not by React's value, which it would also write into the document as an attribute
            ref={(input) => {
              if (input && input.value.trim() !== secret) input.value = secret;
            }}
            aria-describedby="playground-key-hint"
            onChange={(event) => onSecret(event.target.value.trim())}
          />
          <p id="playground-key-hint" className={styles.hint}>
            {credential === "publishableKey" ? words.keyOrigin : words.keyHint}{" "}
            <Link to="/dashboard/keys">{words.keyLink}</Link>
          </p>
        </div>
      )}
      {isLive && <Notice kind="warn">{words.costs}</Notice>}
    </fieldset>
  );
}
