/** Judges by its answers whether the sealed frame, and the camera in it, are alive. Times in milliseconds. */

/**
 * After so long without an answer the visitor is told; after so long the frame is given up. With a question every 400 ms, the
 * visitor is told within 3 s.
 */
const SILENT_MS = 2200;
const DEAD_MS = 15_000;
/**
 * A camera in a frame that does answer is given up later. A slow device may work for seconds on one picture, and for longer on
 * the session of a model, which leaves it no moment to answer.
 */
const CAMERA_DEAD_MS = { loading: 45_000, running: 30_000 } as const;

/** What a camera can be at. */
export type Work = keyof typeof CAMERA_DEAD_MS;

export class Pulse {
  #frameMs: number;
  #cameraMs: number;
  #asked = false;
  #work: Work | undefined;
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#frameMs = this.#cameraMs = now();
  }

  /** @param work what the camera is expected to be at from now on; undefined: at nothing, and its silence means nothing */
  expect(work: Work | undefined): void {
    if (work === this.#work) return;
    this.#work = work;
    this.#cameraMs = this.#now();
  }

  /** A question goes to the frame. @param hidden a page in the background asks seldom: silence is counted from the question */
  asked(hidden: boolean): void {
    if (!this.#asked || hidden) this.#frameMs = this.#cameraMs = this.#now();
    this.#asked = true;
  }

  /** The frame answers. @param camera whether it has heard of the camera since its last answer */
  answered(camera: boolean): void {
    this.#frameMs = this.#now();
    if (camera) this.#cameraMs = this.#frameMs;
  }

  /** `silent`: the visitor is to be told; not of a camera that loads, which the page shows as loading. `dead`: give it up. */
  judge(): 'well' | 'silent' | 'dead' {
    const frame = this.#now() - this.#frameMs;
    const camera = this.#work ? this.#now() - this.#cameraMs : 0;
    if (frame > DEAD_MS || (this.#work && camera > CAMERA_DEAD_MS[this.#work])) return 'dead';
    return frame > SILENT_MS || (this.#work === 'running' && camera > SILENT_MS) ? 'silent' : 'well';
  }
}
