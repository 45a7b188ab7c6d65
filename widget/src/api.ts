import { ApiProblem } from "./api-problem.ts";
import { followJob } from "./follow-job.ts";

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
  shows_results: boolean;
  texts: Record<string, string>;
  look: Record<string, string>;
  resting: boolean;
  brand: string | null;
  models: string[];
  models_first: boolean;
}

const restS = 120;

/**
 * The platform, for one publishable key; with leave for a merchant's own preview, and the address where the shop's server
 * gives shopper sessions, where there are such.
 */
export function createApi(base: string, key: string, preview?: string | null, sessionUrl?: string | null) {
  const own: Record<string, string> = { "x-publishable-key": key };
  if (preview) own["x-preview-token"] = preview;
  // few shops ask for one: all others need not load how
  const session = async (): Promise<Record<string, string>> =>
    sessionUrl ? (await import("./shopper-session.ts")).shopperSession(sessionUrl) : {};
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { ...own, ...(init.headers as Record<string, string>) };
    const answer = await fetch(`${base}/api/v1${path}`, { ...init, headers }).catch((error) => {
      throw init.signal?.aborted ? error : new ApiProblem("offline");
    });
    if (answer.ok) return answer;
    // a cap that opens again in hours is no crowd that passes in a moment
    if (answer.status === 429 && Number(answer.headers.get("retry-after")) > restS) throw new ApiProblem("resting");
    const body = await answer.json().catch(() => null);
    throw new ApiProblem(body?.error?.code ?? "internal", answer.status);
  };
  const job = (id: string, token: string, rest = "", init: RequestInit = {}) =>
    call(`/tryon/${id}${rest}`, { ...init, headers: { "x-job-token": token } });
  const read = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T;
  const post = async <T>(path: string, body: FormData, { headers, signal }: Pick<RequestInit, "headers" | "signal">) =>
    read<T>(call(path, { method: "POST", body, signal, headers: { ...headers, ...(await session()) } }));

  return {
    config: () => read<WidgetConfig>(call("/widget/config")),
    check: (photo: Blob, mode: string, signal: AbortSignal) => {
      const form = new FormData();
      form.set("person_image", photo, "photo.jpg");
      form.set("mode", mode);
      return post<{ ok: boolean; problems: { code: string }[] }>("/tryon/check", form, { signal });
    },
    submit: (form: FormData, idempotencyKey: string) =>
      post<Job>("/tryon", form, { headers: { "idempotency-key": idempotencyKey } }),
    follow: (id: string, token: string, signal: AbortSignal) =>
      followJob((rest, either) => job(id, token, rest, { signal: either }), signal),
    read: (id: string, token: string) => read<Job>(job(id, token)),
    cancel: (id: string, token: string) => job(id, token, "/cancel", { method: "POST" }),
    remove: (id: string, token: string) => job(id, token, "", { method: "DELETE" }),
    /** Pictures come as bytes: a shop's policy needs to allow nothing but blobs. */
    picture: async (path: string) => {
      const answer = await fetch(new URL(path, base)).catch(() => null);
      if (!answer?.ok) throw new ApiProblem("offline");
      return answer.blob();
    },
  };
}

export type Api = ReturnType<typeof createApi>;
