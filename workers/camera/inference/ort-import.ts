/**
 * Loads ONNX Runtime Web.
 *
 * One copy of it has one thread pool, whose size is fixed when its first session is made and which it never gives
 * back. To compare thread counts on the actual device, the module is therefore imported once per count: the fragment
 * of the URL makes each a copy of its own, while the files behind it stay the same and come from the browser's cache.
 * They are assets of the build, not parts of the camera's own bundle, so that the helper threads load the runtime and
 * nothing of the camera.
 */
import type * as Ort from 'onnxruntime-web/wasm';
import webgpuBinary from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import wasmModule from 'onnxruntime-web/wasm?url';
import webgpuModule from 'onnxruntime-web/webgpu?url';
import { Fault } from '../isolation/fault.ts';
import { siteRoot } from './load.ts';
import { memoise } from './memoise.ts';
import { OrtRuntime, type Losable } from './ort-runtime.ts';

/** A runtime that failed to start stays broken: whoever tries again needs another copy. */
let copies = 0;

/** Made beside the models, with kernels of our own (`models/runtime`); its name tells the version it belongs to. */
const cpuBinary = ({ env }: typeof Ort) => new URL(`models/ort-${env.versions.web}.wasm`, siteRoot()).href;
const gpuBinary = () => new URL(webgpuBinary, import.meta.url).href;

async function importRuntime(url: string, binary: (module: typeof Ort) => string, threads: number) {
  const address = new URL(url, import.meta.url);
  address.hash = `copy-${++copies}`;
  const module = (await import(/* @vite-ignore */ address.href)) as typeof Ort;
  module.env.wasm.wasmPaths = { wasm: binary(module) };
  module.env.wasm.numThreads = threads;
  module.env.logLevel = 'error';
  return module;
}

/**
 * The runtime on the CPU with this many threads; the same one for every caller.
 * @throws {Fault} 'backend-unavailable' when it can not be loaded
 */
export const wasmRuntime = memoise(async (threads: number) => {
  try {
    return new OrtRuntime(await importRuntime(wasmModule, cpuBinary, threads), 'wasm', threads);
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
    const module = await importRuntime(webgpuModule, gpuBinary, 1);
    return new OrtRuntime(module, 'webgpu', 1, () => module.env.webgpu.device as Promise<Losable>);
  } catch (cause) {
    throw new Fault('backend-unavailable', 'ONNX Runtime (WebGPU) could not be loaded', { cause });
  }
});
