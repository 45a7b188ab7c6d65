import { readEvents } from "./read-events.ts";

export interface Job {
  job_id: string;
  status: "queued" | "processing" | "completed" | "failed" | "cancelled";
  stage: "queued" | "photo" | "garment" | "fit" | "finish" | "done";
  progress: number;
  eta_ms: number | null;
  output_image_url: string | null;
  error: { code: string } | null;
  job_token?: string;
}

export interface WidgetConfig {
  consent_version: string;
  retention: { photo_hours: number; result_hours: number };
  texts: Record<string, string>;
  look: Record<string, string>;
  resting: boolean;
  brand: string | null;
  models: string[];
}

/** The server's error code, or `offline`. */
export class ApiProblem extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const pollMs = 1_000;
const streamTries = 2;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const hasEnded = (job: Job) => job.status !== "queued" && job.status !== "processing";

/** Each state of a job until it has ended: by the event stream, or by asking when streams do not get through. */
async function* follow(ask: (rest?: string) => Promise<Response>, signal: AbortSignal): AsyncGenerator<Job> {
  for (let failures = 0; failures < streamTries; failures += 1) {
    try {
      const { body } = await ask("/events");
      if (!body) break;
      for await (const { data } of readEvents(body)) {
        const state = JSON.parse(data) as Job;
        yield state;
        if (hasEnded(state)) return;
        failures = 0;
      }
    } catch (error) {
      if (signal.aborted || (error instanceof ApiProblem && error.code !== "offline")) throw error;
    }
    await pause(300);
  }
  for (let failures = 0; !signal.aborted; ) {
    try {
      const state = (await (await ask()).json()) as Job;
      failures = 0;
      yield state;
      if (hasEnded(state)) return;
    } catch (error) {
      failures += 1;
      if (
        signal.aborted ||
        failures > 30 ||
        (error instanceof ApiProblem && !["offline", "rate_limited"].includes(error.code))
      )
        throw error;
    }
    await pause(pollMs);
  }
}

/** The platform, for one publishable key. */
export function createApi(base: string, key: string) {
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { "x-publishable-key": key, ...(init.headers as Record<string, string>) };
    const answer = await fetch(`${base}/api/v1${path}`, { ...init, headers }).catch((error) => {
      throw init.signal?.aborted ? error : new ApiProblem("offline");
    });
    if (answer.ok) return answer;
    const body = await answer.json().catch(() => null);
    throw new ApiProblem(body?.error?.code ?? "internal");
  };
  const job = (id: string, token: string, rest = "", init: RequestInit = {}) =>
    call(`/tryon/${id}${rest}`, { ...init, headers: { "x-job-token": token } });

  return {
    config: async () => (await (await call("/widget/config")).json()) as WidgetConfig,
    check: async (photo: Blob, mode: string) => {
      const form = new FormData();
      form.set("person_image", photo, "photo.jpg");
      form.set("mode", mode);
      const answer = await call("/tryon/check", { method: "POST", body: form });
      return (await answer.json()) as { ok: boolean; problems: { code: string }[] };
    },
    submit: async (form: FormData, idempotencyKey: string) => {
      const answer = await call("/tryon", {
        method: "POST",
        body: form,
        headers: { "idempotency-key": idempotencyKey },
      });
      return (await answer.json()) as Job;
    },
    follow: (id: string, token: string, signal: AbortSignal) =>
      follow((rest) => job(id, token, rest, { signal }), signal),
    cancel: (id: string, token: string) => job(id, token, "/cancel", { method: "POST" }),
    remove: (id: string, token: string) => job(id, token, "", { method: "DELETE" }),
    read: async (id: string, token: string) => (await (await job(id, token)).json()) as Job,
    /** Pictures come as bytes: a shop's policy needs to allow nothing but blobs. */
    picture: async (address: string) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new ApiProblem("gone");
      return answer.blob();
    },
  };
}

export type Api = ReturnType<typeof createApi>;
