/** A copy of ONNX Runtime at work: its thread pool or graphics device, and the order of what it does. */
import type * as Ort from 'onnxruntime-web/wasm';
import { Fault } from '../faults.ts';

/** What we use of the runtime; the native build for Node has the same face, which the tests make use of. */
export type OrtModule = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>;

/** What we need of a GPUDevice. */
export type Losable = { readonly lost: Promise<{ readonly reason: string }> };

export class OrtRuntime {
  /** Rejects with a Fault when the graphics device goes away; stays pending otherwise. */
  readonly lost: Promise<never>;
  #loseDevice!: (fault: Fault) => void;
  #isLost = false;
  #watched: Losable | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param device the graphics device the runtime made for itself; there from its first session on */
  constructor(
    readonly module: OrtModule,
    readonly backend: 'wasm' | 'webgpu',
    readonly threads: number,
    private readonly device?: () => Promise<Losable>,
  ) {
    this.lost = new Promise((_, reject) => (this.#loseDevice = reject));
    // Whoever runs at that moment gets the rejection; nobody else needs to hear of it.
    this.lost.catch(() => {});
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  /** To be called after each session that was made. */
  async watchDevice(): Promise<void> {
    const device = await this.device?.();
    if (!device || device === this.#watched) return;
    this.#watched = device;
    void device.lost.then(({ reason }) => {
      // The runtime itself destroys its device with the last session, and makes another for the next.
      if (reason !== 'destroyed') this.lose();
    });
  }

  /** The graphics device is gone. */
  lose(): void {
    this.#isLost = true;
    this.#loseDevice(new Fault('gpu-lost', 'the graphics device was lost'));
  }

  /**
   * Runs `work` when everything asked for before is over: a copy of the runtime has one heap and, with WebGPU, one
   * suspended stack, so two sessions must not run at a time. With its device the runtime is lost, too: it is left in
   * the middle of whatever it did, and must not be entered again.
   * @throws {Fault} 'gpu-lost'
   */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() => Promise.race([this.#isLost ? this.lost : work(), this.lost]));
    this.#queue = turn.catch(() => {});
    return turn;
  }
}
