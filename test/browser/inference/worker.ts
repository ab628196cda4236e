/** Inference as the camera has it, in a worker with a window for the test to look through. */
import * as Comlink from 'comlink';
import { upperMedian } from '../../../lib/stats.ts';
import type { EngineChoice } from '../../../contract/index.ts';
import { Fault } from '../../../workers/camera/isolation/fault.ts';
import type { Detector } from '../../../workers/camera/inference/engine.ts';
import { loadDetector } from '../../../workers/camera/inference/index.ts';
import { findModel, readWeights } from '../../../workers/camera/inference/load.ts';
import { wasmRuntime, webgpuRuntime } from '../../../workers/camera/inference/ort-import.ts';
import { createOrtEngine } from '../../../workers/camera/inference/ort.ts';
import { useSupplies } from '../../../workers/camera/isolation/supplies.ts';
import { useLender } from '../../../workers/camera/isolation/lender.ts';
import { siteLender } from '../../tools/site-lender.ts';
import { siteSupplies } from '../../tools/site-supplies.ts';
import { wasmMemories } from '../../../workers/camera/isolation/memories.ts';
import { drawCanary, makeCanary } from '../../../workers/camera/runtime/proof/canary.ts';
import { Traces } from '../../../workers/camera/runtime/proof/traces.ts';
import { ModelInput } from '../../../workers/camera/inference/resize.ts';

useSupplies(siteSupplies);
useLender(siteLender);

let detector: Detector | undefined;

/** A fault as it is known outside; anything else thrown is a failure of the test. */
const codeOf = (error: unknown) => ({
  fault: error instanceof Fault ? error.code : `not a Fault: ${String(error)}`,
});

async function traces(
  size: { readonly width: number; readonly height: number },
  run: (rgba: Uint8Array) => Promise<unknown>,
  engine: { wipe(): Promise<void>; release(): Promise<void> },
) {
  const canary = makeCanary(size);
  const picture = new Uint8Array(size.width * size.height * 4);
  drawCanary(canary, new Uint8ClampedArray(picture.buffer));
  const searched = new Traces(canary);
  const isFound = () => wasmMemories().some(({ buffer }) => searched.find(buffer));
  const bytes = () => wasmMemories().reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  await run(picture);
  const ran = isFound();
  const before = bytes();
  await engine.wipe();
  const wiped = isFound();
  // Let go without a wipe, the model's own memory is freed with the picture in it.
  await run(picture);
  await engine.release();
  return { ran, wiped, released: isFound(), grown: bytes() - before };
}

const api = {
  isolated: () => crossOriginIsolated,

  /** Outputs of one run of a model on raw input bytes. */
  async run(
    id: string,
    backend: 'wasm' | 'webgpu',
    threads: number,
    width: number,
    height: number,
    rgba: Uint8Array,
  ) {
    const runtime = await (backend === 'wasm' ? wasmRuntime(threads) : webgpuRuntime());
    const model = await findModel(id);
    const weights = await readWeights(model, () => {});
    const engine = await createOrtEngine(runtime, { model: id, weights, width, height });
    const outputs = [...(await engine.run(rgba))].map(([name, { data }]) => [name, data.slice()] as const);
    await engine.release();
    return Object.fromEntries(outputs);
  },

  async load(choice: EngineChoice, aspect: number) {
    const phases: string[] = [];
    try {
      const loaded = await loadDetector(choice, aspect, ({ phase }) => phases.push(phase));
      detector = loaded.detector;
      const { backend, threads, width, height } = detector;
      return { backend, threads, width, height, fallback: loaded.fallback, phases: [...new Set(phases)] };
    } catch (error) {
      return codeOf(error);
    }
  },

  async detect(width: number, height: number, pixels: Uint8ClampedArray) {
    try {
      const picture = { width, height, pixels };
      return await detector!.detect(picture, { prepare: (work) => work(), infer: (work) => work() });
    } catch (error) {
      return codeOf(error);
    }
  },

  /** Whether a made-up picture is found in the memory of a model that never ran before: after its run, and once it was wiped or let go. */
  async tracesInEngine(id: string, width: number, height: number) {
    const model = await findModel(id);
    const weights = await readWeights(model, () => {});
    const engine = await createOrtEngine(await wasmRuntime(2), { model: id, weights, width, height });
    return traces({ width, height }, (picture) => engine.run(picture), engine);
  },

  /** The same in the detector that is loaded. */
  async tracesInDetector() {
    const { width, height } = detector!;
    return traces(
      { width, height },
      (pixels) =>
        detector!.detect(
          { width, height, pixels: new Uint8ClampedArray(pixels) },
          { prepare: (work) => work(), infer: (work) => work() },
        ),
      detector!,
    );
  },

  async release() {
    await detector!.wipe();
    await detector!.release();
  },

  /** From now on there is no WebGL in this worker. */
  withoutWebgl() {
    OffscreenCanvas.prototype.getContext = () => null;
  },

  /** Median milliseconds to prepare a picture. */
  prepare(from: [number, number], to: [number, number]): number {
    const [width, height] = from;
    const picture = { width, height, pixels: new Uint8ClampedArray(width * height * 4).fill(99) };
    const input = new ModelInput({
      width: to[0],
      height: to[1],
      fit: 'letterbox',
      align: 'top-left',
      pad: 0,
    });
    const times = Array.from({ length: 40 }, () => {
      const start = performance.now();
      input.fill(picture);
      return performance.now() - start;
    });
    return upperMedian(times.slice(10));
  },
};

export type InferenceWorker = typeof api;
Comlink.expose(api, {
  postMessage: self.postMessage.bind(self),
  addEventListener: self.addEventListener.bind(self),
  removeEventListener: self.removeEventListener.bind(self),
});
