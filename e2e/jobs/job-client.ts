// What a merchant's server does, in the shortest form that the tests need.
import { readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Platform } from "./start-platform.ts";

const root = path.join(import.meta.dirname, "..", "..");
const read = (file: string) => new Uint8Array(readFileSync(path.join(root, file)));
export const personJpeg = read("platform/public/v1/models/person-1.jpg");
export const teeJpeg = read("demo-store/public/products/plain-tee-moss.jpg");

export interface JobAnswer {
  job_id: string;
  status: string;
  stage: string;
  progress: number;
  credits_used: number;
  output_image_url: string | null;
  error: { code: string } | null;
}

/** The multipart body of a plain try-on of a top. */
export function tryOnForm(person: Uint8Array<ArrayBuffer> = personJpeg, top: Uint8Array<ArrayBuffer> = teeJpeg) {
  const form = new FormData();
  form.set("mode", "top");
  form.set("person_image", new Blob([person], { type: "image/jpeg" }), "person.jpg");
  form.set("top_image", new Blob([top], { type: "image/jpeg" }), "top.jpg");
  return form;
}

export type JobClient = ReturnType<typeof createJobClient>;

export function createJobClient({ url, merchant }: Pick<Platform, "url" | "merchant">) {
  const headers = { "x-api-key": merchant.secretKey };
  const post = (extra: Record<string, string> = {}) =>
    fetch(`${url}/api/v1/tryon`, { method: "POST", headers: { ...headers, ...extra }, body: tryOnForm() });
  const get = async (jobId: string): Promise<JobAnswer> => {
    const answer = await fetch(`${url}/api/v1/tryon/${jobId}`, { headers });
    if (!answer.ok) throw new Error(`GET job answered ${answer.status}: ${await answer.text()}`);
    return answer.json() as Promise<JobAnswer>;
  };
  return {
    headers,
    post,
    get,
    /** Posts a job that must be accepted. */
    accepted: async (): Promise<JobAnswer> => {
      const answer = await post();
      if (answer.status !== 202) throw new Error(`POST answered ${answer.status}: ${await answer.text()}`);
      return answer.json() as Promise<JobAnswer>;
    },
    /** Reads the job until it is as wanted. */
    until: async (jobId: string, isWanted: (job: JobAnswer) => boolean, withinMs = 15_000): Promise<JobAnswer> => {
      const giveUpAt = Date.now() + withinMs;
      for (;;) {
        const job = await get(jobId);
        if (isWanted(job)) return job;
        if (Date.now() > giveUpAt) throw new Error(`the job stayed ${job.status} at ${job.stage} ${job.progress} %`);
        await wait(50);
      }
    },
  };
}
