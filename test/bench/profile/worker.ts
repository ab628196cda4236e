/// <reference lib="webworker" />
/** One network in one runtime, or one loop of arithmetic. */
import { expose } from 'comlink';
import type * as Ort from 'onnxruntime-web/wasm';
import ortUrl from 'onnxruntime-web/wasm?url';
import { noise } from '../peers/noise.ts';
import type { Peak, Ran, Setup } from './jobs.ts';

const STRIDE = 31;

let ort: typeof Ort;
let session: Ort.InferenceSession;
let setup: Setup;
let fetches: Record<string, Ort.Tensor> | undefined;
let pixels: Uint8Array;

/** @returns RGBA [height, width, 4] of a picture stretched to a size */
async function seen(address: string, width: number, height: number): Promise<Uint8Array> {
  const bitmap = await createImageBitmap(await (await fetch(address)).blob());
  const context = new OffscreenCanvas(width, height).getContext('2d')!;
  context.drawImage(bitmap, 0, 0, width, height);
  return new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
}

const worker = {
  async open(given: Setup): Promise<void> {
    setup = given;
    const { model, binary, threads, width, height, optimisation = 'all', fixedSize, traced, picture } = setup;
    pixels = picture === undefined ? noise(width, height, 7) : await seen(picture, width, height);
    ort = (await import(/* @vite-ignore */ new URL(ortUrl, import.meta.url).href)) as typeof Ort;
    ort.env.wasm.numThreads = threads;
    ort.env.wasm.wasmPaths = { wasm: new URL(`/runtimes/${binary}.wasm`, self.location.origin).href };
    ort.env.logLevel = 'error';
    const response = await fetch(new URL(`${model}.onnx`, new URL('/models/', self.location.origin)));
    session = await ort.InferenceSession.create(new Uint8Array(await response.arrayBuffer()), {
      executionProviders: ['wasm'],
      graphOptimizationLevel: optimisation,
      logSeverityLevel: 3,
      enableProfiling: traced === true,
      ...(fixedSize && { freeDimensionOverrides: { batch: 1, height, width } }),
    });
  },

  async run(times: number): Promise<Ran> {
    const { width, height, reuseOutputs } = setup;
    const ms: number[] = [];
    let outputs: Ort.InferenceSession.ReturnType | undefined;
    for (let i = 0; i < times; i++) {
      const feeds = { [session.inputNames[0]!]: new ort.Tensor('uint8', pixels, [1, height, width, 4]) };
      const start = performance.now();
      outputs = fetches ? await session.run(feeds, fetches) : await session.run(feeds);
      ms.push(performance.now() - start);
      if (reuseOutputs) fetches ??= outputs as Record<string, Ort.Tensor>;
    }
    const sample = Object.entries(outputs ?? {}).map(([name, { data }]): [string, number[]] => [
      name,
      [...(data as Float32Array).filter((_, i) => i % STRIDE === 0)],
    ]);
    return { ms, sample: Object.fromEntries(sample) };
  },

  /** @returns what the network is shown: RGBA [height, width, 4] */
  pixels: (): Uint8Array => pixels,

  /** Writes what was timed to the console. */
  endTrace(): void {
    session.endProfiling();
  },

  /**
   * @param code a module that exports `run(rounds)`
   * @param flops floating-point operations of a round
   * @returns nothing where the browser does not know an instruction
   */
  async peak(code: Uint8Array<ArrayBuffer>, flops: number): Promise<Peak | undefined> {
    if (!WebAssembly.validate(code)) return undefined;
    const { instance } = await WebAssembly.instantiate(code);
    const loop = instance.exports['run'] as (rounds: number) => number;
    // Short, and often: one of them runs through even where others want the processor, too.
    const rounds = 100_000;
    let best = Infinity;
    for (let i = 0; i < 400; i++) {
      const start = performance.now();
      loop(rounds);
      best = Math.min(best, performance.now() - start);
    }
    return { gflops: (flops * rounds) / best / 1e6 };
  },
};

export type ProfileWorker = typeof worker;
expose(worker);
