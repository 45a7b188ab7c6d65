import { ApiProblem } from "./api-problem.ts";
import type { FlowContext } from "./flow-context.ts";
import { dropPicture, pictureOf } from "./flow-context.ts";
import { lastPhoto } from "./kept-photo.ts";
import { preparePhoto } from "./prepare-photo.ts";

/** From a chosen file to a photo that may be sent. */
export function createPhotoStep({ api, product, state, set, emit, begin, fail }: FlowContext) {
  const check = async (signal: AbortSignal) => {
    const { photo } = state();
    if (!photo) return;
    set({ isChecking: true, problem: null, canSubmit: false });
    try {
      const { problems } = await api().check(photo.blob, product().mode, signal);
      if (signal.aborted) return;
      const code = problems[0]?.code;
      if (code) throw new ApiProblem(code);
      set({ isChecking: false, canSubmit: true });
    } catch (error) {
      if (!signal.aborted) fail(error);
    }
  };

  /** A sample picture is sent as it is: the platform knows it by its bytes. */
  const choose = async (source: Blob, isSample = false) => {
    const signal = begin();
    set({ isChecking: true, Camera: null, problem: null, canSubmit: false });
    let blob: Blob;
    try {
      blob = isSample ? source : await preparePhoto(source);
    } catch {
      if (!signal.aborted) set({ isChecking: false, problem: "unreadable" });
      return;
    }
    if (signal.aborted) return;
    dropPicture(state().photo);
    set({ photo: pictureOf(blob) });
    emit("photo");
    await check(signal);
  };

  const chooseFrom = async (read: () => Promise<Blob | null>, isSample = false) => {
    set({ isChecking: true, problem: null });
    try {
      const photo = await read();
      if (photo) await choose(photo, isSample);
    } catch (error) {
      fail(error);
    }
  };

  return {
    choose: (file: Blob) => choose(file),
    check: () => check(begin()),
    chooseModel: (path: string) => chooseFrom(() => api().picture(path), true),
    reuse: () => chooseFrom(lastPhoto),
    other: () => {
      begin();
      dropPicture(state().photo);
      set({ photo: null, isChecking: false, canSubmit: false, problem: null });
    },
    // most shoppers never need it: loaded when it is asked for
    openCamera: async () => {
      try {
        const { Camera } = await import("./views/camera.tsx");
        set({ Camera, problem: null });
      } catch {
        set({ problem: "offline" });
      }
    },
    closeCamera: () => set({ Camera: null }),
    picture: async (path: string) => URL.createObjectURL(await api().picture(path)),
  };
}
