/**
 * Checks whether the machine is idle. A page cannot read the load. But a fixed piece of work, done at once by as many
 * workers as a suite uses threads, takes longer than its best time if other programs use the same cores, or if the
 * clock goes down.
 */
import type { IdleCheck, Plan } from './report.ts';
import { threadChoices } from './plan.ts';
import type { Spin, SpinOptions } from '../../workers/cpu-probe/spin.ts';

/**
 * A machine counts as idle while the slowest thread's pieces take at most a tenth longer than the best one of all:
 * medians are promised to agree within a tenth, and inference waits for its slowest thread.
 */
export const MAX_SLOWED = 0.1;

const FOR_MS = 400;
/** Of a piece. Where the page is not isolated the clock ticks in tenths of a millisecond. */
const STEPS = { fine: 300_000, coarse: 1_500_000 };

/** As many workers as the plan's hungriest cell has threads. */
export function threadsOf({ cells }: Plan, cores: number, isolated: boolean): number {
  const auto = threadChoices(cores, isolated).at(-1) ?? 1;
  return Math.max(1, ...cells.map(({ threads }) => (threads === 0 ? auto : threads)));
}

/** One result for each worker, all of them at the same time. */
export type SpinAll = (threads: number, options: SpinOptions) => Promise<Spin[]>;

/** @param spinAll replaced where there are no web workers */
export async function checkIdle(threads: number, spinAll: SpinAll = spinInWorkers): Promise<IdleCheck> {
  const steps = globalThis.crossOriginIsolated === false ? STEPS.coarse : STEPS.fine;
  const spins = await spinAll(threads, { forMs: FOR_MS, steps });
  const round = (ms: number) => Math.round(ms * 1000) / 1000;
  return {
    at: new Date().toISOString(),
    threads,
    bestMs: round(Math.min(...spins.map(({ bestMs }) => bestMs))),
    slowestMs: round(Math.max(...spins.map(({ meanMs }) => meanMs))),
  };
}

async function spinInWorkers(threads: number, options: SpinOptions): Promise<Spin[]> {
  const workers = Array.from(
    { length: threads },
    () =>
      new Worker(new URL('../../workers/cpu-probe/main.ts', import.meta.url), {
        type: 'module',
        name: 'incam-idle',
      }),
  );
  const next = <T>(worker: Worker) =>
    new Promise<T>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<T>) => resolve(data);
      worker.onerror = (event) => (event.preventDefault(), reject(new Error(event.message)));
    });
  try {
    // All workers exist before the first begins: the start of the next one would disturb it.
    await Promise.all(workers.map((worker) => next<'ready'>(worker)));
    const spins = workers.map((worker) => next<Spin>(worker));
    for (const worker of workers) worker.postMessage(options);
    return await Promise.all(spins);
  } finally {
    for (const worker of workers) worker.terminate();
  }
}

/** The summary of several checks. */
export interface Idleness {
  readonly idle: boolean;
  /** Slowdown of the slowest thread in the worst check against the best piece of all checks; 0: none. */
  readonly slowed: number;
}

/**
 * The best piece of all checks stands for the undisturbed machine, so that a clock that went down between two checks
 * (heat, battery) counts as well.
 * @returns undefined without checks
 */
export function idleness(checks: readonly IdleCheck[]): Idleness | undefined {
  if (checks.length === 0) return undefined;
  const best = Math.min(...checks.map(({ bestMs }) => bestMs));
  const slowest = Math.max(...checks.map(({ slowestMs }) => slowestMs));
  const slowed = best > 0 ? Math.max(0, slowest / best - 1) : Infinity;
  return { idle: slowed <= MAX_SLOWED, slowed };
}
