import { tryOnWords as words } from "../../../messages/en/try-on.ts";
import styles from "./drop-zone.module.css";

interface Props {
  models: string[];
  onChoose: (file: File) => void;
}

/** Sample people for who has no photo at hand. */
export function SampleModels({ models, onChoose }: Props) {
  const fetchModel = async (address: string) => {
    const answer = await fetch(address);
    if (answer.ok) onChoose(new File([await answer.blob()], "sample.jpg", { type: "image/jpeg" }));
  };
  return (
    <>
      <p className={styles.hint}>{words.models}</p>
      <ul className={styles.models}>
        {models.map((address, index) => (
          <li key={address}>
            <button type="button" onClick={() => void fetchModel(address).catch(() => {})}>
              <img src={address.replace(".jpg", "-thumb.jpg")} alt={words.model(index + 1)} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
