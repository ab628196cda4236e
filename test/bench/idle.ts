/** The benchmark page's idle check, on threads of Node, and what it says in words. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MAX_SLOWED, type Idleness, type SpinAll } from '../../src/benchmark/idle.ts';
import type { Spin } from '../../workers/cpu-probe/spin.ts';

/** Threads of Node do not take over how their parent reads TypeScript. */
const BOOT = `import('tsx/esm/api').then((tsx) => {
  tsx.register();
  return import(${JSON.stringify(new URL('./spin-thread.ts', import.meta.url).href)});
});`;

export const spinInThreads: SpinAll = async (threads, options) => {
  const workers = Array.from({ length: threads }, () => new Worker(BOOT, { eval: true }));
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const spins = workers.map(async (worker) => ((await once(worker, 'message')) as [Spin])[0]);
    for (const worker of workers) worker.postMessage(options);
    return await Promise.all(spins);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
};

export function sayIdle(idleness: Idleness | undefined): string {
  if (!idleness) return 'whether the machine was idle is not known';
  const by = `a fixed piece of work took up to ${Math.round(idleness.slowed * 100)} % longer than at best`;
  return idleness.idle
    ? `the machine was idle: ${by}`
    : `THE MACHINE WAS NOT IDLE: ${by} (limit ${MAX_SLOWED * 100} %); compare ratios, not milliseconds`;
}
