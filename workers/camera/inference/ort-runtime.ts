/** A running copy of ONNX Runtime: its thread pool or graphics device, and its queue of work. */
import type * as Ort from 'onnxruntime-web/wasm';
import { Fault } from '../isolation/fault.ts';

/** The part of the runtime that the camera uses. The native build for Node has the same interface, which tests use. */
export type OrtModule = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>;

/** The part of GPUDevice that the camera needs. */
export type Losable = { readonly lost: Promise<{ readonly reason: string }> };

export interface OrtRuntimeParts {
  /** The graphics device the runtime made for itself; there from its first session on. */
  readonly device?: () => Promise<Losable>;
  /** Overwrites what the runtime has freed; nothing where its memory is not to be had. */
  readonly sweep?: () => void;
}

export class OrtRuntime {
  readonly #onLost: (() => void)[] = [];
  #isLost = false;
  #watched: Losable | undefined;
  #queue: Promise<void> = Promise.resolve();
  /** Rejects the work in progress. */
  #abandon: ((reason: Fault) => void) | undefined;
  readonly #parts: OrtRuntimeParts;

  constructor(
    readonly module: OrtModule,
    readonly backend: 'wasm' | 'webgpu',
    readonly threads: number,
    parts: OrtRuntimeParts = {},
  ) {
    this.#parts = parts;
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  onLost(listener: () => void): void {
    this.#onLost.push(listener);
  }

  /** To be called after each session that was made. */
  async watchDevice(): Promise<void> {
    const device = await this.#parts.device?.();
    if (!device || device === this.#watched) return;
    this.#watched = device;
    void device.lost.then(({ reason }) => {
      // The runtime itself destroys its device with the last session, and makes another for the next.
      if (reason !== 'destroyed') this.lose();
    });
  }

  /** Overwrites what the runtime has freed, after all earlier work. */
  sweep(): Promise<void> {
    return this.exclusively(async () => this.#parts.sweep?.());
  }

  /** The graphics device is gone. */
  lose(): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#abandon?.(gone());
    for (const listener of this.#onLost) listener();
  }

  /**
   * Runs `work` after all earlier work: a copy of the runtime has one heap and, with WebGPU, one suspended stack, so
   * two sessions must not run at a time. A lost device makes the runtime unusable, too: it stops in the middle of its
   * work and must not be entered again.
   * @throws {Fault} 'gpu-lost'
   */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() => this.#unlessLost(work));
    const over = () => void (this.#abandon = undefined);
    this.#queue = turn.then(over, over);
    return turn;
  }

  /** Not a race against a promise of the loss: that promise would retain every frame's result until a loss. */
  #unlessLost<T>(work: () => Promise<T>): Promise<T> {
    if (this.#isLost) return Promise.reject(gone());
    return new Promise((resolve, reject) => {
      this.#abandon = reject;
      work().then(resolve, reject);
    });
  }
}

const gone = () => new Fault('gpu-lost', 'the graphics device was lost');
