/** Starts the worker of the inference harness; the test talks to it through `window.inference`. */
import * as Comlink from 'comlink';
import type { InferenceWorker } from './worker.ts';

const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
const inference = Comlink.wrap<InferenceWorker>(worker);

declare global {
  interface Window {
    inference: typeof inference;
  }
}
window.inference = inference;
