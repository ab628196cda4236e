/**
 * Loads ONNX Runtime Web.
 *
 * One copy of it has one thread pool, whose size is fixed when its first session is made and which it never gives
 * back. To compare thread counts on the actual device, the module is therefore imported once per count, each time from an
 * address of its own. It is no part of the camera's own bundle, so that the helper threads load the runtime and nothing of
 * the camera.
 */
import type * as Ort from 'onnxruntime-web/wasm';
import { Fault } from '../isolation/fault.ts';
import { lender } from '../isolation/lender.ts';
import { allowThreads } from '../isolation/thread.ts';
import { connectGpuHost } from './gpu-client.ts';
import { memoise } from './memoise.ts';
import { OrtRuntime } from './ort-runtime.ts';
import { supplies } from '../isolation/supplies.ts';
import { sweepKnownHeap, type Heap } from './sweep-heap.ts';

interface Imported {
  readonly module: typeof Ort;
  /** The runtime's heap; none before its first session. */
  readonly heaps: readonly Heap[];
}

async function importRuntime(threads: number): Promise<Imported> {
  const from = supplies();
  const [address, script, lockdown, binary] = await Promise.all([
    from.code('ort-wasm'),
    from.code('ort-thread'),
    from.code('thread-lockdown'),
    from.binary('ort'),
  ]);
  const module = await importModule<typeof Ort>(address);
  allowThreads({ script, lockdown });
  const { mjs, heaps } = await heapsOf(script);
  if (typeof binary === 'string') module.env.wasm.wasmPaths = { mjs, wasm: binary };
  else {
    module.env.wasm.wasmPaths = { mjs };
    module.env.wasm.wasmBinary = binary;
  }
  module.env.wasm.numThreads = threads;
  module.env.logLevel = 'error';
  return { module, heaps };
}

/**
 * The runtime keeps its heap to itself. So it gets its script by way of a module that notes what the script makes; the threads
 * load the script itself.
 */
async function heapsOf(script: string) {
  const code = [
    `import make from ${JSON.stringify(new URL(script, self.location.href).href)};`,
    'export const heaps = [];',
    'export default async (options) => { const heap = await make(options); heaps.push(heap); return heap; };',
  ];
  const mjs = URL.createObjectURL(new Blob([code.join('\n')], { type: 'text/javascript' }));
  const { heaps } = await importModule<{ heaps: Heap[] }>(mjs);
  return { mjs, heaps };
}

const importModule = <T>(address: string) => import(/* @vite-ignore */ address) as Promise<T>;

/**
 * The runtime on the CPU with this many threads; the same one for every caller.
 * @throws {Fault} 'backend-unavailable' when it cannot be loaded
 */
export const wasmRuntime = memoise(async (threads: number) => {
  try {
    const { module, heaps } = await importRuntime(threads);
    return new OrtRuntime(module, 'wasm', threads, { sweep: () => heaps.forEach(sweepKnownHeap) });
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
    const { module, device } = await connectGpuHost(await lender()!.ask<MessagePort>({ ask: 'gpu-host' }));
    return new OrtRuntime(module, 'webgpu', 1, { device });
  } catch (cause) {
    throw new Fault('backend-unavailable', 'ONNX Runtime (WebGPU) could not be loaded', { cause });
  }
});
