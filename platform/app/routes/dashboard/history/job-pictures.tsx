import { jobPageWords as words } from "../../../messages/en/job.ts";
import { tryOnWords } from "../../../messages/en/try-on.ts";
import { Card } from "../../../ui/card.tsx";
import { Compare } from "../../../ui/compare.tsx";
import styles from "./job.module.css";
import type { JobView } from "./job.tsx";
import { picturePath } from "./picture-path.ts";

interface Props {
  job: JobView;
  /** the result as a data: URL */
  smallResult: string | null;
}

function Result({ job: { id, pictures }, smallResult }: Props) {
  const output = picturePath(id, "output");
  if (!pictures.includes("output")) return null;
  return (
    <>
      {pictures.includes("person") ? (
        <Compare before={picturePath(id, "person")} after={output} smallAfter={smallResult} />
      ) : (
        <div className={styles.large}>
          {smallResult && <img src={smallResult} alt="" />}
          <img src={output} alt={words.kinds.output} />
        </div>
      )}
      <p className={styles.private}>{tryOnWords.preview}</p>
    </>
  );
}

/** The pictures of a job that its merchant may look at, and why others are not here. */
export function JobPictures({ job, smallResult }: Props) {
  const { id, pictures, isResultPrivate, source, hasPhoto } = job;
  const hasCompare = pictures.includes("output") && pictures.includes("person");
  const small = pictures.filter((kind) => kind !== "output" && !(kind === "person" && hasCompare));
  const isPhotoPrivate = source !== "dashboard" && hasPhoto;
  const isEmpty = pictures.length === 0 && !isResultPrivate && !isPhotoPrivate;
  return (
    <Card title={words.pictures}>
      <Result job={job} smallResult={smallResult} />
      {small.length > 0 && (
        <div className={styles.pictures}>
          {small.map((kind) => (
            <figure key={kind}>
              <img src={picturePath(id, kind)} alt="" />
              <figcaption>{words.kinds[kind]}</figcaption>
            </figure>
          ))}
        </div>
      )}
      {isResultPrivate && <p className={styles.private}>{words.privateResult}</p>}
      {isPhotoPrivate && <p className={styles.private}>{words.privatePhoto}</p>}
      {isEmpty && <p className={styles.private}>{words.noPictures}</p>}
    </Card>
  );
}
