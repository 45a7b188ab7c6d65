/** Where shoppers' photos lie, apart from all else: a bucket's own expiry can take them too. */
export const photosPrefix = "photos/";
export const jobsPrefix = "jobs/";

/** The name of a job's picture in the object store: the tenant, the job's random id, and never a name that a user gave. */
export const objectKeyOf = (job: { id: string; user_id: string }, file: string) =>
  `${file.startsWith("person.") ? photosPrefix : jobsPrefix}${job.user_id}/${job.id}/${file}`;

/** The job that an object's name is made of; a name of another kind gives no job's id. */
export const jobIdOfObject = (key: string) => key.split("/").at(-2) ?? "";
