import { jobPageWords as words } from "../../../messages/en/job.ts";
import { tryOnWords } from "../../../messages/en/try-on.ts";
import { Card } from "../../../ui/card.tsx";
import { Compare } from "../../../ui/compare.tsx";
import styles from "./job.module.css";
import type { JobView } from "./job.tsx";
import { picturePath } from "./picture-path.ts";

function Result({ job: { id, pictures } }: { job: JobView }) {
  const output = picturePath(id, "output");
  if (!pictures.includes("output")) return null;
  return (
    <>
      {pictures.includes("person") ? (
        <Compare before={picturePath(id, "person")} after={output} />
      ) : (
        <div className={styles.large}>
          <img src={output} alt={words.kinds.output} />
        </div>
      )}
      <p className={styles.private}>{tryOnWords.preview}</p>
    </>
  );
}

/** The pictures of a job that its merchant may look at, and why others are not here. */
export function JobPictures({ job }: { job: JobView }) {
  const { id, pictures, isResultPrivate, source, hasPhoto } = job;
  const hasCompare = pictures.includes("output") && pictures.includes("person");
  const small = pictures.filter((kind) => kind !== "output" && !(kind === "person" && hasCompare));
  const isPhotoPrivate = source !== "dashboard" && hasPhoto;
  const isEmpty = pictures.length === 0 && !isResultPrivate && !isPhotoPrivate;
  return (
    <Card title={words.pictures}>
      <Result job={job} />
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
