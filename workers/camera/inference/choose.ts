/**
 * Chooses the engine of a model by timing the candidates on the device itself, because no rule of thumb holds. A
 * graphics device can be slower than the CPU through its copies, and more threads than free cores are slower than fewer
 * (design, section 9).
 */
import { upperMedian } from '../../../lib/stats.ts';
import { Fault } from '../isolation/fault.ts';
import type { Engine, Fallback, Outputs } from './engine.ts';

export interface Wish {
  readonly backend: 'auto' | 'wasm' | 'webgpu';
  /** 0: the fastest number, as measured. */
  readonly threads: number;
}

/** The facts of the device that the choice needs. */
export interface Host {
  /** Logical cores. */
  readonly cores: number;
  /** Whether the page is cross-origin isolated; without it there are no threads. */
  readonly isolated: boolean;
  /** Software adapters give right results slowly. */
  adapter(): Promise<'hardware' | 'software' | 'none'>;
  /** Milliseconds. */
  now(): number;
}

/** Loads the model into one candidate. */
export type MakeEngine = (backend: 'wasm' | 'webgpu', threads: number) => Promise<Engine>;

export interface Chosen {
  readonly engine: Engine;
  /** Why the engine is not the requested one or, with `auto`, not the graphics device. */
  readonly fallback?: Fallback | undefined;
}

/** Models of this size gain nothing from more threads. */
const MAX_THREADS = 8;
/** Fewer threads are preferred as long as they cost no more than this: the rest of the page needs cores, too. */
const TOLERANCE = 1.05;
/** Timed runs of each candidate: minimum, maximum, and the time after which the minimum is enough. */
const ROUNDS = { min: 3, max: 7, budgetMs: 1500 };
/** Largest difference between CPU and graphics device, as a share of the output's largest value. */
const AGREEMENT = 0.01;

export class EngineChooser {
  /** Measured once: a copy of the runtime never returns its threads, so later models share it. */
  #threads: number | undefined;
  #gpuIsLost = false;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** The graphics device was lost; it is not used again. */
  gpuLost(): void {
    this.#gpuIsLost = true;
  }

  /** Threads of the first candidate on the CPU. @param wished 0: the fastest number */
  firstThreads(wished: number): number {
    if (!this.#host.isolated) return 1;
    return wished || this.#threads || threadLadder(this.#host.cores)[0];
  }

  /**
   * @param onMeasure called when candidates are about to be timed
   * @throws {Fault} the error of `make` when no fallback is left
   */
  async choose({ backend, threads }: Wish, make: MakeEngine, onMeasure: () => void): Promise<Chosen> {
    const unthreaded = !this.#host.isolated && threads !== 1 ? 'not-isolated' : undefined;
    const onCpu = async (why?: Fallback): Promise<Chosen> => {
      const engine = await this.#onCpu(threads, make, onMeasure);
      return { engine, fallback: why ?? unthreaded ?? (engine.threads < threads ? 'failed' : undefined) };
    };
    if (backend === 'wasm') return onCpu();

    const gpu = await this.#onGpu(backend === 'webgpu', make);
    // With `auto` the graphics device was not requested; the missing threads are the more useful reason.
    if (typeof gpu === 'string') return onCpu(backend === 'auto' ? (unthreaded ?? gpu) : gpu);
    if (backend === 'webgpu') return { engine: gpu };

    const rival = await onCpu().catch(async (error: unknown) => {
      await gpu.release();
      throw error;
    });
    onMeasure();
    const verdict = await this.#judge(gpu, rival.engine);
    await (verdict ? gpu : rival.engine).release();
    return verdict ? { engine: rival.engine, fallback: unthreaded ?? verdict } : { engine: gpu };
  }

  /** An engine on the graphics device, or the reason why there is none. */
  async #onGpu(forced: boolean, make: MakeEngine): Promise<Engine | Fallback> {
    if (this.#gpuIsLost) return 'lost';
    const adapter = await this.#host.adapter();
    if (adapter === 'none' || (adapter === 'software' && !forced)) return 'no-adapter';
    return make('webgpu', 1).catch(() => 'failed' as const);
  }

  /** The fastest available number of threads, tried from the largest sensible one downwards. */
  async #onCpu(wished: number, make: MakeEngine, onMeasure: () => void): Promise<Engine> {
    if (!this.#host.isolated) return make('wasm', 1);
    const settled = wished || this.#threads;
    const ladder = settled ? [...new Set([settled, 1])] : threadLadder(this.#host.cores);
    let best: Engine | undefined;
    let failure: unknown;
    for (const threads of ladder) {
      let next: Engine;
      try {
        next = await make('wasm', threads);
      } catch (error) {
        failure = error;
        // Another number of threads does not repair a model.
        if (error instanceof Fault && error.code.startsWith('model-')) break;
        continue;
      }
      if (best && !(await this.#isAsFast(next, best, onMeasure))) {
        await next.release();
        break;
      }
      await best?.release();
      best = next;
      if (settled) return best;
    }
    if (!best) throw failure;
    this.#threads = best.threads;
    return best;
  }

  /** Whether the engine with fewer threads costs no more; one that does not run at all does not. */
  async #isAsFast(fewer: Engine, more: Engine, onMeasure: () => void): Promise<boolean> {
    onMeasure();
    return this.#race(fewer, more).then(
      ([fewerMs, moreMs]) => fewerMs <= moreMs * TOLERANCE,
      () => false,
    );
  }

  /** Why the graphics device is not used, or undefined if it wins. */
  async #judge(gpu: Engine, cpu: Engine): Promise<'failed' | 'slower' | undefined> {
    try {
      const picture = testPicture(cpu);
      if (!agree(await gpu.run(picture), await cpu.run(picture))) return 'failed';
      const [gpuMs, cpuMs] = await this.#race(gpu, cpu);
      return gpuMs < cpuMs ? undefined : 'slower';
    } catch (error) {
      if (error instanceof Fault && error.code === 'gpu-lost') this.gpuLost();
      return 'failed';
    }
  }

  /** Median milliseconds of both, measured in turns so that other load on the device affects both alike. */
  async #race(a: Engine, b: Engine): Promise<[number, number]> {
    const picture = testPicture(a);
    const timed = async (engine: Engine) => {
      const start = this.#host.now();
      await engine.run(picture);
      return this.#host.now() - start;
    };
    // The first run of an engine takes its memory.
    await timed(a);
    await timed(b);
    const start = this.#host.now();
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS.max; round++) {
      if (round >= ROUNDS.min && this.#host.now() - start > ROUNDS.budgetMs) break;
      // The order alternates, because the second one finds the caches of the first.
      if (round % 2 === 0) times[0].push(await timed(a));
      times[1].push(await timed(b));
      if (round % 2 === 1) times[0].push(await timed(a));
    }
    return [upperMedian(times[0]), upperMedian(times[1])];
  }
}

/** Candidate numbers of threads, descending: all cores but one, then half of that, and so on. */
export function threadLadder(cores: number): [number, ...number[]] {
  let threads = Math.max(1, Math.min(cores - 1, MAX_THREADS));
  const ladder: [number, ...number[]] = [threads];
  while (threads > 1) ladder.push((threads = Math.ceil(threads / 2)));
  return ladder;
}

/** Noise from a fixed seed: a network takes as long for it as for a photo. */
function testPicture({ width, height }: Engine): Uint8Array {
  const pixels = new Uint8Array(width * height * 4);
  let state = 1;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    pixels[i] = i % 4 === 3 ? 255 : state >>> 24;
  }
  return pixels;
}

/** Whether two runs of one model agree up to rounding. Broken graphics drivers return nonsense without an error. */
function agree(a: Outputs, b: Outputs): boolean {
  for (const [name, { data }] of b) {
    const other = a.get(name)?.data;
    if (other?.length !== data.length) return false;
    let largest = 0;
    for (const value of data) largest = Math.max(largest, Math.abs(value));
    for (let i = 0; i < data.length; i++) {
      // Written so that NaN does not pass.
      if (!(Math.abs(data[i]! - other[i]!) <= largest * AGREEMENT)) return false;
    }
  }
  return true;
}
