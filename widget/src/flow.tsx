import { render } from "preact";
import type { Api, Job } from "./api.ts";
import { ApiProblem, createApi } from "./api.ts";
import { Dialog } from "./dialog.tsx";
import type { Product } from "./find-product.ts";
import { findProduct } from "./find-product.ts";
import type { Actions, State } from "./flow-state.ts";
import { startState } from "./flow-state.ts";
import { forgetPhoto, keepPhoto, lastPhoto, shopperId } from "./keep-photo.ts";
import type { Language } from "./language.ts";
import { loadLanguage } from "./language.ts";
import type { Texts } from "./languages/en.ts";
import { markPreview, preparePhoto } from "./prepare-photo.ts";
import type { Running } from "./session.ts";
import { consentKey, runningKey, session } from "./session.ts";
import { styles } from "./styles.ts";

const restingCodes = new Set([
  "insufficient_credits",
  "budget_reached",
  "daily_generation_limit",
  "account_suspended",
  "email_not_verified",
]);
const urlOf = (blob: Blob) => ({ blob, url: URL.createObjectURL(blob) });

/** The try-on of one button: state, server, dialog. */
class TryOnFlow {
  #host: HTMLElement & { apiBase: string };
  #api: Api;
  #product: Product;
  #language: Language | null = null;
  #state = startState;
  #root: HTMLElement;
  #following: AbortController | null = null;
  #running: Running | null = null;
  #wasOpen = false;

  constructor(host: HTMLElement & { apiBase: string }) {
    this.#host = host;
    this.#api = createApi(host.apiBase, host.getAttribute("publishable-key") ?? "");
    this.#product = findProduct(host);
    const shadow = host.shadowRoot as ShadowRoot;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(styles);
    shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
    this.#root = document.createElement("div");
    shadow.append(this.#root);
    const running = session.read<Running>(runningKey);
    if (running?.product === this.#product.id) this.#running = running;
  }

  get #dialog() {
    return this.#root.querySelector("dialog");
  }

  #set(change: Partial<State>) {
    this.#state = { ...this.#state, ...change };
    if (!this.#language) return;
    render(
      <Dialog state={this.#state} actions={this.#actions} language={this.#language} canShare={this.#canShare()} />,
      this.#root,
    );
  }

  #emit(name: string) {
    const detail = { productId: this.#product.id, jobId: this.#running?.id ?? null };
    this.#host.dispatchEvent(new CustomEvent(`trailroom:${name}`, { bubbles: true, composed: true, detail }));
  }

  open = async () => {
    this.#language ??= await loadLanguage(this.#host);
    if (this.#state.step === "consent" && session.read(consentKey)) this.#set({ step: "photo" });
    else this.#set({});
    if (!this.#dialog?.open) this.#dialog?.showModal();
    this.#wasOpen = true;
    this.#emit("open");
    if (!this.#state.config) await this.#loadConfig();
    this.#set({ canReuse: (await lastPhoto()) !== null });
    if (this.#running && !this.#following && !this.#state.result) void this.#follow(this.#running);
  };

  close = () => {
    if (this.#dialog?.open) this.#dialog.close();
    if (!this.#wasOpen) return;
    this.#wasOpen = false;
    this.#emit("close");
  };

  reset = () => {
    this.#following?.abort();
    this.#following = null;
    this.#running = null;
    session.write(runningKey, null);
    for (const picture of [this.#state.photo, this.#state.result]) if (picture) URL.revokeObjectURL(picture.url);
    this.#set({ ...startState, config: this.#state.config, step: session.read(consentKey) ? "photo" : "consent" });
  };

  /** Another variant: what was made is of the former one. */
  update = () => {
    this.#api = createApi(this.#host.apiBase, this.#host.getAttribute("publishable-key") ?? "");
    const next = findProduct(this.#host);
    if (JSON.stringify(next) === JSON.stringify(this.#product)) return;
    this.#product = next;
    const { photo, canSubmit } = this.#state;
    this.#following?.abort();
    this.#following = null;
    this.#running = null;
    this.#set({
      ...startState,
      config: this.#state.config,
      photo,
      canSubmit,
      step: session.read(consentKey) ? "photo" : "consent",
    });
  };

  dispose = () => {
    this.#following?.abort();
    this.#dialog?.close();
    render(null, this.#root);
    this.#root.remove();
  };

  #loadConfig = async () => {
    try {
      const config = await this.#api.config();
      this.#set({ config, ...(config.resting && !this.#running ? { step: "resting" as const } : {}) });
    } catch (error) {
      this.#fail(error);
    }
  };

  #fail(error: unknown) {
    const code = error instanceof ApiProblem ? error.code : "failed";
    this.#emit("error");
    if (restingCodes.has(code)) return this.#set({ step: "resting", problem: null });
    const texts = this.#language?.texts ?? {};
    const problem = (code in texts ? code : code === "rate_limited" ? "engine_unavailable" : "failed") as keyof Texts;
    this.#set({ step: this.#state.step === "consent" ? "consent" : "photo", problem, isChecking: false });
  }

  #choose = async (source: Blob) => {
    this.#set({ isChecking: true, problem: null, canSubmit: false });
    let blob: Blob;
    try {
      blob = await preparePhoto(source);
    } catch {
      return this.#set({ isChecking: false, problem: "unreadable" });
    }
    if (this.#state.photo) URL.revokeObjectURL(this.#state.photo.url);
    this.#set({ photo: urlOf(blob) });
    this.#emit("photo");
    try {
      const { problems } = await this.#api.check(blob, this.#product.mode);
      const code = problems[0]?.code;
      if (code) return this.#fail(new ApiProblem(code));
      this.#set({ isChecking: false, canSubmit: true });
    } catch (error) {
      this.#fail(error);
    }
  };

  #submit = async () => {
    const { photo, config, remember } = this.#state;
    if (!photo || !config) return;
    this.#set({ step: "working", progress: 0, etaS: null, problem: null, job: null });
    const form = new FormData();
    form.set("person_image", photo.blob, "photo.jpg");
    const { id, top, bottom, mode } = this.#product;
    if (top) form.set("top_image", top);
    if (bottom) form.set("bottom_image", bottom);
    form.set("mode", mode);
    if (id) form.set("product_id", id);
    form.set("product_url", location.href.split(/[?#]/)[0] ?? "");
    form.set("shopper_id", shopperId());
    form.set("consent_version", config.consent_version);
    if (remember) void keepPhoto(photo.blob);
    try {
      const job = await this.#submitTwice(form);
      this.#running = { id: job.job_id, token: job.job_token ?? "", product: id };
      session.write(runningKey, this.#running);
      this.#emit("submit");
      await this.#follow(this.#running);
    } catch (error) {
      this.#fail(error);
    }
  };

  /** A lost answer is asked for again under the same key: never two jobs. */
  #submitTwice = async (form: FormData) => {
    const key = crypto.randomUUID();
    try {
      return await this.#api.submit(form, key);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== "offline") throw error;
      return this.#api.submit(form, key);
    }
  };

  #follow = async ({ id, token }: Running) => {
    const following = new AbortController();
    this.#following = following;
    this.#set({ step: "working", problem: null });
    try {
      for await (const job of this.#api.follow(id, token, following.signal)) {
        if (following.signal.aborted) return;
        await this.#show(job);
      }
    } catch (error) {
      if (following.signal.aborted) return;
      session.write(runningKey, null);
      this.#running = null;
      this.#fail(error);
    } finally {
      if (this.#following === following) this.#following = null;
    }
  };

  #show = async (job: Job) => {
    // a second try starts over on the server; what was shown stays
    const progress = Math.max(this.#state.progress, job.progress);
    this.#set({ job, progress, etaS: job.eta_ms === null ? null : Math.max(1, Math.round(job.eta_ms / 1000)) });
    this.#emit("progress");
    if (job.status === "completed" && job.output_image_url) {
      const blob = await this.#api.picture(job.output_image_url);
      this.#set({ step: "result", result: urlOf(blob), progress: 100 });
      this.#emit("result");
    } else if (job.status === "failed") {
      session.write(runningKey, null);
      this.#running = null;
      this.#fail(new ApiProblem(job.error?.code ?? "failed"));
    } else if (job.status === "cancelled") this.reset();
  };

  #canShare() {
    const { result } = this.#state;
    return (
      result !== null &&
      navigator.canShare?.({ files: [new File([result.blob], "try-on.jpg", { type: "image/jpeg" })] }) === true
    );
  }

  #marked = async () => {
    const { result } = this.#state;
    return result && markPreview(result.blob, "AI preview · TrailRoom");
  };

  #remove = async () => {
    const running = this.#running;
    this.#following?.abort();
    try {
      if (running) await this.#api.remove(running.id, running.token);
      await forgetPhoto();
      this.reset();
      this.#set({ step: "removed", canReuse: false });
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "gone") this.reset();
      else this.#set({ problem: "offline" });
    }
  };

  #actions: Actions = {
    agree: () => {
      session.write(consentKey, this.#state.config?.consent_version ?? "1");
      this.#set({ step: "photo", problem: null });
    },
    choose: (source) => void this.#choose(source),
    chooseModel: async (path) => {
      try {
        await this.#choose(await this.#api.picture(`${this.#host.apiBase}${path}`));
      } catch (error) {
        this.#fail(error);
      }
    },
    reuse: async () => {
      const photo = await lastPhoto();
      if (photo) await this.#choose(photo);
    },
    setRemember: (remember) => {
      if (!remember) void forgetPhoto();
      this.#set({ remember });
    },
    submit: () => void this.#submit(),
    cancel: async () => {
      const running = this.#running;
      this.#following?.abort();
      if (running) await this.#api.cancel(running.id, running.token).catch(() => {});
      this.#running = null;
      session.write(runningKey, null);
      this.#set({ step: "photo", job: null, progress: 0 });
    },
    again: () => this.reset(),
    remove: () => void this.#remove(),
    download: async () => {
      const marked = await this.#marked();
      if (!marked) return;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(marked);
      link.download = "try-on.jpg";
      link.click();
      URL.revokeObjectURL(link.href);
    },
    share: async () => {
      const marked = await this.#marked();
      if (!marked) return;
      const files = [new File([marked], "try-on.jpg", { type: "image/jpeg" })];
      await navigator.share({ files }).catch(() => {}); // the shopper closed the sheet
    },
    addToCart: () => this.#emit("add-to-cart"),
    close: () => this.close(),
    picture: async (path) => URL.createObjectURL(await this.#api.picture(`${this.#host.apiBase}${path}`)),
  };
}

export type Flow = Pick<TryOnFlow, "open" | "close" | "reset" | "update" | "dispose">;
export const createFlow = (host: HTMLElement & { apiBase: string }): Flow => new TryOnFlow(host);
