/** Starts workers with a vault each; the test talks to them through `window.vaults`. */
import * as Comlink from 'comlink';
import type { VaultWorker } from './worker.ts';

const start = () =>
  Comlink.wrap<VaultWorker>(new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
const vaults = { one: start(), other: start() };

declare global {
  interface Window {
    vaults: typeof vaults;
  }
}
window.vaults = vaults;
