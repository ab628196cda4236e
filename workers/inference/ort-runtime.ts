/**
 * Loads ONNX Runtime Web.
 *
 * One copy of it has one thread pool, whose size is fixed when its first session is made and which it never gives
 * back. To compare thread counts on the actual device, the module is therefore imported once per count: the fragment
 * of the URL makes each a module of its own, while the files behind it are fetched once. The files are assets of the
 * build, not parts of the camera's own bundle, so that its helper threads load the runtime and nothing of the camera.
 */
import type * as Ort from 'onnxruntime-web/wasm';
import wasmBinary from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import webgpuBinary from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import wasmModule from 'onnxruntime-web/wasm?url';
import webgpuModule from 'onnxruntime-web/webgpu?url';
import { Fault } from '../faults.ts';
import { memoise } from './memoise.ts';

/** What we use of the runtime; the native build for Node has the same face, which the tests make use of. */
export type OrtModule = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>;

/** What we need of a GPUDevice. */
type Losable = { readonly lost: Promise<{ readonly reason: string }> };

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
      if (reason === 'destroyed') return;
      this.#isLost = true;
      this.#loseDevice(new Fault('gpu-lost', 'the graphics device was lost'));
    });
  }

  /**
   * Runs `work` when everything asked for before is over: a copy of the runtime has one heap and, with WebGPU, one
   * suspended stack, so two sessions must not run at a time.
   */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => {});
    return turn;
  }
}

/** A module of its own for each count. */
async function importRuntime(url: string, binary: string, threads: number) {
  const address = new URL(url, import.meta.url);
  address.hash = `threads-${threads}`;
  const module = (await import(/* @vite-ignore */ address.href)) as typeof Ort;
  module.env.wasm.wasmPaths = { wasm: new URL(binary, import.meta.url).href };
  module.env.wasm.numThreads = threads;
  module.env.logLevel = 'error';
  return module;
}

/**
 * The runtime on the CPU with this many threads; the same one for every caller.
 * @throws {Fault} 'backend-unavailable' when it can not be loaded; the next call tries again
 */
export const wasmRuntime = memoise(async (threads: number) => {
  try {
    return new OrtRuntime(await importRuntime(wasmModule, wasmBinary, threads), 'wasm', threads);
  } catch (cause) {
    throw new Fault('backend-unavailable', 'ONNX Runtime (WASM) could not be loaded', { cause });
  }
});

/**
 * The runtime on the graphics device. The file is twice the size: ask only where an adapter was found.
 * @throws {Fault} 'backend-unavailable'
 */
export const webgpuRuntime = memoise(async () => {
  try {
    const module = await importRuntime(webgpuModule, webgpuBinary, 1);
    return new OrtRuntime(module, 'webgpu', 1, () => module.env.webgpu.device as Promise<Losable>);
  } catch (cause) {
    throw new Fault('backend-unavailable', 'ONNX Runtime (WebGPU) could not be loaded', { cause });
  }
});
