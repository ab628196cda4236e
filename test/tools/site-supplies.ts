/// <reference lib="webworker" />
/**
 * Supplies for cameras outside the sealed frame: the laboratory's, and those of the harnesses. They read from their own
 * server what the site's camera is handed.
 */
import type * as Ort from 'onnxruntime-web/wasm';
import gpuBinary from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import ortThread from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import ortModule from 'onnxruntime-web/wasm?url';
import mediapipe from '@mediapipe/tasks-vision?url';
import mediapipeLoader from '@mediapipe/tasks-vision/vision_wasm_module_internal.js?url';
import mediapipeBinary from '@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?url';
import { Fault } from '../../workers/camera/isolation/fault.ts';
import type { BinaryName, CodeName, OnBytes, Supplies } from '../../workers/camera/isolation/supplies.ts';

/** The harnesses are built: their workers lie in `assets/`. */
const ROOT = new URL('../', self.location.href);
const CODE: Record<CodeName, string> = {
  'ort-wasm': ortModule,
  'ort-thread': ortThread,
  'thread-lockdown': '',
  mediapipe,
  'mediapipe-loader': mediapipeLoader,
};
let copies = 0;

export const siteSupplies: Supplies = {
  async file(path: string, subject: string, onBytes?: OnBytes) {
    const answer = await fetch(new URL(path, ROOT)).catch(() => undefined);
    const isPage = answer?.headers.get('content-type')?.startsWith('text/html');
    // A page in a sample's place is a file that is no video; the reader of containers says so.
    if (!answer?.ok || (isPage && subject !== 'sample'))
      throw new Fault('model-missing', `no answer for ${path}`, { subject });
    const bytes = new Uint8Array(await answer.arrayBuffer());
    onBytes?.(bytes.byteLength, bytes.byteLength);
    return bytes;
  },
  code(name: CodeName) {
    const address = new URL(CODE[name], import.meta.url);
    // The fragment makes each a copy of its own; a thread's script must keep its name.
    if (name !== 'ort-thread') address.hash = `copy-${++copies}`;
    return Promise.resolve(address.href);
  },
  async binary(name: BinaryName) {
    if (name === 'mediapipe-binary') return new URL(mediapipeBinary, import.meta.url).href;
    if (name === 'ort-webgpu-binary') return (await fetch(new URL(gpuBinary, import.meta.url))).arrayBuffer();
    // Written into the name of the runtime's binary by `npm run models`.
    const { env } = (await import(/* @vite-ignore */ await this.code('ort-wasm'))) as typeof Ort;
    return new URL(`models/ort-${env.versions.web}.wasm`, ROOT).href;
  },
};
