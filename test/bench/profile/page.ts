/** Keeps one worker for each setup, so that they can take turns; driven by Playwright. */
import * as Comlink from 'comlink';
import type { Peak, Ran, Setup } from './jobs.ts';
import type { ProfileWorker } from './worker.ts';

const workers = new Map<string, { worker: Worker; remote: Comlink.Remote<ProfileWorker> }>();

function start(name: string) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const entry = { worker, remote: Comlink.wrap<ProfileWorker>(worker) };
  workers.set(name, entry);
  return entry.remote;
}

const profile = {
  open: (name: string, setup: Setup): Promise<void> => start(name).open(setup),
  run: (name: string, times: number): Promise<Ran> => workers.get(name)!.remote.run(times),
  pixels: async (name: string): Promise<number[]> => [...(await workers.get(name)!.remote.pixels())],
  endTrace: (name: string): Promise<void> => workers.get(name)!.remote.endTrace(),
  peak: (code: readonly number[], flops: number): Promise<Peak | undefined> =>
    start('peak').peak(Uint8Array.from(code), flops),
  close(name: string): void {
    workers.get(name)?.worker.terminate();
    workers.delete(name);
  },
};

declare global {
  interface Window {
    profile: typeof profile;
  }
}
window.profile = profile;
