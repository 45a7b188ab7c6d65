import { h, render } from "preact";
import type { Api } from "./api.ts";
import { createApi } from "./api.ts";
import type { Product } from "./find-product.ts";
import { findProduct } from "./find-product.ts";
import type { FlowContext } from "./flow-context.ts";
import { dropPicture } from "./flow-context.ts";
import type { Actions, State } from "./flow-state.ts";
import { startState } from "./flow-state.ts";
import { createJobStep } from "./job-step.ts";
import { forgetPhoto, hasPhoto } from "./kept-photo.ts";
import type { Language } from "./language.ts";
import { loadLanguage } from "./language.ts";
import type { TrailroomDetail, TrailroomTryon } from "./loader.ts";
import { createPhotoStep } from "./photo-step.ts";
import { isPassing, problemOf } from "./problems.ts";
import { canShare, createSaving } from "./save-result.ts";
import type { Running } from "./session.ts";
import { consentKey, runningKey, session } from "./session.ts";
import { styles } from "./styles.ts";
import { Dialog } from "./views/dialog.tsx";

/** The try-on of one button: state, server, dialog. */
export interface Flow {
  open(): Promise<void>;
  close(): void;
  reset(): void;
  /** Looks again at what the button is for. */
  update(): Promise<void>;
  dispose(): void;
}

/** A merchant's own look at the button: in the dashboard, or by a signed link, behind the # that no server is told. */
const previewOf = (host: Element) =>
  host.getAttribute("preview-token") ?? /trailroom-preview=([\w.-]+)/.exec(location.hash)?.[1];

/** A place in the host's shadow that inherits nothing from the page. */
function addRoot(host: TrailroomTryon) {
  const shadow = host.shadowRoot as ShadowRoot;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  const before = [...shadow.adoptedStyleSheets];
  shadow.adoptedStyleSheets = [...before, sheet];
  const root = document.createElement("div");
  shadow.append(root);
  return {
    root,
    remove: () => {
      render(null, root);
      root.remove();
      shadow.adoptedStyleSheets = before;
    },
  };
}

/** Everything between the button and the steps: what is shown, of which product, in which language. */
class TryOnFlow implements FlowContext, Flow {
  readonly host: TrailroomTryon;
  #place: ReturnType<typeof addRoot>;
  #state: State = startState;
  #language: Language | null = null;
  #product: Product | null = null;
  #api!: Api;
  #account = "";
  #following = new AbortController();
  #loading: Promise<void> | null = null;
  #isDisposed = false;
  #photoStep: ReturnType<typeof createPhotoStep>;
  #jobStep: ReturnType<typeof createJobStep>;
  #actions: Actions;

  constructor(host: TrailroomTryon) {
    this.host = host;
    this.#place = addRoot(host);
    this.#photoStep = createPhotoStep(this);
    this.#jobStep = createJobStep(this);
    this.#actions = { ...this.#photoStep, ...this.#jobStep, ...createSaving(this), ...this.#ownActions() };
    // pointed at: all is there by the time of the tap
    void this.update().catch(() => {});
    void loadLanguage(host).catch(() => {});
    this.#loading = this.#loadConfig();
  }

  api = () => this.#api;
  product = () => this.#product as Product;
  state = () => this.#state;

  set = (change: Partial<State>) => {
    this.#state = { ...this.#state, ...change };
    const state = this.#state;
    const language = this.#language;
    if (!language || this.#isDisposed) return;
    render(h(Dialog, { state, actions: this.#actions, language, canShare: canShare(state.result) }), this.#place.root);
  };

  emit = (name: string) => {
    const detail: TrailroomDetail = { productId: this.#product?.id ?? null, jobId: this.#state.running?.id ?? null };
    this.host.dispatchEvent(new CustomEvent(`trailroom:${name}`, { bubbles: true, composed: true, detail }));
  };

  begin = () => {
    this.#following.abort();
    this.#following = new AbortController();
    return this.#following.signal;
  };

  note = (running: Running | null) => session.write(this.#key, running);

  fail = (error: unknown) => {
    const problem = problemOf(error, this.#language?.texts ?? {});
    this.emit("error");
    if (problem === "resting") return this.set({ step: "resting", problem: null, isChecking: false });
    this.set({
      step: this.#state.step === "consent" ? "consent" : "photo",
      problem,
      isChecking: false,
      canSubmit: this.#state.canSubmit && isPassing(problem),
    });
  };

  reset = () => {
    this.begin();
    this.note(null);
    dropPicture(this.#state.photo);
    this.#start();
  };

  open = async () => {
    await this.update();
    this.#language = await loadLanguage(this.host);
    if (this.#isDisposed) return;
    await this.#wear();
    const { step } = this.#state;
    if (step === "resting" || step === "removed") this.#start();
    else this.set(step === "consent" ? { step: this.#firstStep() } : {});
    if (this.#dialog?.open) return;
    this.#dialog?.showModal();
    this.emit("open");
    await (this.#loading ?? this.#loadConfig());
    this.#loading = null;
    if (!this.#state.config && !this.#state.problem) await this.#loadConfig();
    const canReuse = hasPhoto();
    this.set({ canReuse, remember: this.#state.remember || canReuse });
    this.#resume();
  };

  close = () => this.#dialog?.close();

  /** Another variant or page: what was made is of the former one. */
  update = async () => {
    this.#chooseAccount();
    const next = await findProduct(this.host);
    const former = this.#product;
    if (this.#isDisposed || JSON.stringify(next) === JSON.stringify(former)) return;
    this.#product = next;
    if (!former) return;
    this.begin();
    const { photo, canSubmit } = this.#state;
    this.#start({ photo, canSubmit });
    if (this.#dialog?.open) this.#resume();
  };

  dispose = () => {
    this.#isDisposed = true;
    this.begin();
    dropPicture(this.#state.photo);
    dropPicture(this.#state.result);
    this.#place.remove();
  };

  get #dialog() {
    return this.#place.root.querySelector("dialog");
  }

  get #key() {
    const { id, top, bottom } = this.product();
    return runningKey(id ?? top ?? bottom ?? "");
  }

  #firstStep = () => (session.read(consentKey) ? "photo" : "consent");

  #start(kept: Partial<State> = {}) {
    dropPicture(this.#state.result);
    const { config, canReuse, remember } = this.#state;
    this.set({ ...startState, config, canReuse, remember, step: this.#firstStep(), ...kept });
  }

  #chooseAccount() {
    const { apiBase, publishableKey, sessionUrl } = this.host;
    const account = [apiBase, publishableKey, sessionUrl].join();
    if (this.#account === account) return;
    this.#account = account;
    this.#api = createApi(apiBase, publishableKey, previewOf(this.host), sessionUrl);
    this.#loading = null;
  }

  #loadConfig = async () => {
    try {
      const config = await this.#api.config();
      this.#state = { ...this.#state, config };
      await this.#wear();
      // what was agreed to is this text and no other
      const isOld = session.read(consentKey) !== config.consent_version;
      if (isOld) session.write(consentKey, null);
      const rests = config.resting && !(this.#product && session.read(this.#key));
      const { step } = this.#state;
      this.set({ problem: null, step: rests ? "resting" : isOld && step === "photo" ? "consent" : step });
    } catch (error) {
      // while nobody looks there is nobody to tell; the next tap asks again
      if (this.#dialog?.open) this.fail(error);
    }
  };

  /** The merchant's own texts and look; loaded for those who have some. */
  async #wear() {
    const { texts = {}, look = {} } = this.#state.config ?? {};
    if (Object.keys({ ...texts, ...look }).length === 0) return;
    const { mergeTexts, parseLook } = await import("./merchant-look.ts");
    const { style } = this.#place.root;
    for (const [name, value] of Object.entries(parseLook(look))) style.setProperty(`--look-${name}`, value);
    if (this.#language) this.#language = mergeTexts(this.#language, texts);
  }

  /** A job of this product that an earlier page of this tab began. */
  #resume() {
    const running = session.read<Running>(this.#key);
    if (running && !this.#state.running) void this.#jobStep.follow(running);
  }

  #ownActions = () => ({
    agree: () => {
      session.write(consentKey, this.#state.config?.consent_version ?? null);
      this.set({ step: "photo", problem: null });
    },
    setRemember: (remember: boolean) => {
      if (!remember) void forgetPhoto().catch(() => {});
      this.set({ remember, canReuse: this.#state.canReuse && remember });
    },
    retry: () => void (this.#state.config ? this.#photoStep.check() : this.#loadConfig()),
    again: () => this.reset(),
    addToCart: () => this.emit("add-to-cart"),
    close: () => this.close(),
    closed: () => {
      this.set({ Camera: null });
      this.emit("close");
    },
  });
}

export const createFlow = (host: TrailroomTryon): Flow => new TryOnFlow(host);
