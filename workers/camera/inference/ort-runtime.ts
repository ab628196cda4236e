/** A copy of ONNX Runtime at work: its thread pool or graphics device, and the order of what it does. */
import type * as Ort from 'onnxruntime-web/wasm';
import { Fault } from '../isolation/fault.ts';

/** What we use of the runtime; the native build for Node has the same face, which the tests make use of. */
export type OrtModule = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>;

/** What we need of a GPUDevice. */
export type Losable = { readonly lost: Promise<{ readonly reason: string }> };

export class OrtRuntime {
  readonly #onLost: (() => void)[] = [];
  #isLost = false;
  #watched: Losable | undefined;
  #queue: Promise<void> = Promise.resolve();
  /** Gives up on the work under way. */
  #abandon: ((reason: Fault) => void) | undefined;
  readonly #device: (() => Promise<Losable>) | undefined;

  /** @param device the graphics device the runtime made for itself; there from its first session on */
  constructor(
    readonly module: OrtModule,
    readonly backend: 'wasm' | 'webgpu',
    readonly threads: number,
    device?: () => Promise<Losable>,
  ) {
    this.#device = device;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  onLost(listener: () => void): void {
    this.#onLost.push(listener);
  }

  /** To be called after each session that was made. */
  async watchDevice(): Promise<void> {
    const device = await this.#device?.();
    if (!device || device === this.#watched) return;
    this.#watched = device;
    void device.lost.then(({ reason }) => {
      // The runtime itself destroys its device with the last session, and makes another for the next.
      if (reason !== 'destroyed') this.lose();
    });
  }

  /** The graphics device is gone. */
  lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#abandon?.(gone());
    for (const listener of this.#onLost) listener();
  }

  /**
   * Runs `work` when everything asked for before is over: a copy of the runtime has one heap and, with WebGPU, one
   * suspended stack, so two sessions must not run at a time. With its device the runtime is lost, too: it is left in
   * the middle of whatever it did, and must not be entered again.
   * @throws {Fault} 'gpu-lost'
   */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() => this.#unlessLost(work));
    const over = () => void (this.#abandon = undefined);
    this.#queue = turn.then(over, over);
    return turn;
  }

  /** Not a race against a promise of the loss: that would remember every frame's result for as long as there is none. */
  #unlessLost<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isLost) return Promise.reject(gone());
    return new Promise((resolve, reject) => {
      this.#abandon = reject;
      work().then(resolve, reject);
    });
  }
}

const gone = () => new Fault('gpu-lost', 'the graphics device was lost');
