import { Component } from "preact";
import type { StepProps } from "./step-props.ts";

const countdownS = 3;

interface View {
  isRefused?: boolean;
  left?: number;
}

/** To be read from where one stands for a photo from head to hips. */
const enlarge = (count: HTMLElement | null) => {
  if (count) count.style.fontSize = "56px";
};

/** The device's camera; after the tap there is time to step back. */
export class Camera extends Component<StepProps, View> {
  #video: HTMLVideoElement | null = null;
  #stream: MediaStream | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isOver = false;

  override componentDidMount() {
    void this.#start();
  }

  override componentWillUnmount() {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#stop();
  }

  async #start() {
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "user", width: { ideal: 1920 }, height: { ideal: 1920 } },
      });
      if (this.#isOver) this.#stop();
      else if (this.#video) this.#video.srcObject = this.#stream;
    } catch {
      if (!this.#isOver) this.setState({ isRefused: true });
    }
  }

  #stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
  }

  #count = (left: number) => {
    this.setState({ left });
    if (left) this.#timer = setTimeout(() => this.#count(left - 1), 1000);
    else this.#shoot();
  };

  #shoot() {
    const source = this.#video;
    if (!source?.videoWidth) return;
    const canvas = document.createElement("canvas");
    canvas.width = source.videoWidth;
    canvas.height = source.videoHeight;
    canvas.getContext("2d")?.drawImage(source, 0, 0);
    const { choose } = this.props.actions;
    canvas.toBlob((blob) => blob && choose(blob), "image/jpeg", 0.95);
  }

  override render({ texts, actions }: StepProps, { isRefused, left }: View) {
    return (
      <div>
        {isRefused ? (
          <p class="warn" role="alert">
            {texts.noCamera}
          </p>
        ) : (
          <>
            <div class="photo">
              <video
                autoplay
                muted
                playsInline
                ref={(video) => {
                  this.#video = video;
                  // as in a mirror; the photo itself is not turned
                  if (video) video.style.scale = "-1 1";
                }}
              />
              <b role="status" hidden={!left} ref={enlarge}>
                {left || ""}
              </b>
            </div>
            <button type="button" class="main" disabled={!!left} onClick={() => this.#count(countdownS)}>
              {texts.shoot}
            </button>
          </>
        )}
        <button type="button" class="bare" onClick={actions.closeCamera}>
          {texts.back}
        </button>
      </div>
    );
  }
}
