import type { Api, Job } from "./api.ts";
import { ApiProblem } from "./api-problem.ts";
import type { FlowContext } from "./flow-context.ts";
import { pictureOf } from "./flow-context.ts";
import { forgetPhoto, keepPhoto } from "./kept-photo.ts";
import type { Running } from "./session.ts";
import { shopperId } from "./session.ts";

const pictureTries = 3;
const codeOf = (error: unknown) => (error instanceof ApiProblem ? error.code : "");
const isGone = (error: unknown) => ["gone", "not_found"].includes(codeOf(error));

/** What is sent for a try-on; no more of the page's address than its path. */
function formOf({ product, state }: FlowContext, photo: Blob, consent: string) {
  const form = new FormData();
  const { id, top, bottom, mode } = product();
  const fields = {
    top_image: top,
    bottom_image: bottom,
    mode,
    product_id: id,
    product_url: location.origin + location.pathname,
    shopper_id: shopperId(),
    consent_version: consent,
  };
  form.set("person_image", photo, "photo.jpg");
  for (const [name, value] of Object.entries(fields)) if (value) form.set(name, value);
  if (state().remember) void keepPhoto(photo).catch(() => {});
  return form;
}

/** A lost answer is asked for again under the same key: never two jobs. */
async function send(api: Api, form: FormData): Promise<Job> {
  const key = crypto.randomUUID();
  try {
    return await api.submit(form, key);
  } catch (error) {
    if (codeOf(error) !== "offline") throw error;
    return api.submit(form, key);
  }
}

/** The picture's address lives five minutes: where it fails a fresh one is asked for. */
async function fetchPicture(api: Api, job: Job, { id, token }: Running): Promise<Blob> {
  for (let tries = 1, latest = job; ; tries += 1) {
    try {
      return await api.picture(latest.output_image_url ?? "");
    } catch (error) {
      if (tries === pictureTries) throw error;
      latest = await api.read(id, token);
    }
  }
}

/** One state of the job on screen. */
async function show(context: FlowContext, job: Job, running: Running, signal: AbortSignal) {
  const { api, state, set, emit, reset } = context;
  const { status, eta_ms: etaMs, output_image_url: address } = job;
  // a second try starts over on the server; what was shown stays
  const progress = Math.max(state().progress, job.progress);
  // how long the queue takes is not known, so nothing is said of it
  set({ job, progress, due: etaMs === null || status === "queued" ? null : Date.now() + etaMs });
  emit("progress");
  if (status === "completed") {
    if (!address) throw new ApiProblem("gone");
    const blob = await fetchPicture(api(), job, running);
    if (signal.aborted) return;
    set({ step: "result", result: pictureOf(blob), progress: 100 });
    emit("result");
  } else if (status === "failed") throw new ApiProblem(job.error?.code ?? "failed");
  else if (status === "cancelled") reset();
}

/** From "see it on me" to the result, and what may be done with the job. */
export function createJobStep(context: FlowContext) {
  const { api, state, set, emit, begin, note, fail, reset } = context;

  const follow = async (running: Running, signal = begin()) => {
    set({ step: "working", problem: null, running });
    try {
      for await (const job of api().follow(running.id, running.token, signal)) {
        if (signal.aborted) return;
        await show(context, job, running, signal);
      }
    } catch (error) {
      if (signal.aborted) return;
      // deleted or expired since the page was left: nothing to tell of
      if (isGone(error)) return reset();
      // out of reach is not lost: the job is found again when the dialog is opened next
      if (codeOf(error) !== "offline") note(null);
      set({ running: null });
      fail(error);
    }
  };

  const submit = async () => {
    const { photo, config } = state();
    if (!photo || !config) return;
    const signal = begin();
    set({ step: "working", progress: 0, due: null, problem: null, job: null });
    try {
      const { job_id: id, job_token: token = "" } = await send(
        api(),
        formOf(context, photo.blob, config.consent_version),
      );
      // gone on to something else meanwhile: nobody waits for it, so it costs nothing
      if (signal.aborted)
        return void api()
          .cancel(id, token)
          .catch(() => {});
      note({ id, token });
      set({ running: { id, token } });
      emit("submit");
      await follow({ id, token }, signal);
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  };

  const cancel = async () => {
    const { running } = state();
    begin();
    note(null);
    set({ step: "photo", running: null, job: null, progress: 0 });
    if (running)
      await api()
        .cancel(running.id, running.token)
        .catch(() => {});
  };

  const remove = async () => {
    const { running } = state();
    try {
      if (running) await api().remove(running.id, running.token);
    } catch (error) {
      if (!isGone(error)) return set({ problem: "offline" });
    }
    await forgetPhoto().catch(() => {});
    reset();
    set({ step: "removed", canReuse: false, remember: false });
  };

  return { submit, follow, cancel, remove };
}
