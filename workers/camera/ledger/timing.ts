/** Times the stages of frames and summarises the last few seconds of them. */
import { MAX_EACH, STAGES, type OutRecordOf, type Stage } from '../../../contract/index.ts';
import { SlidingWindow } from './sliding-window.ts';

/** Frames in the sliding window: ten seconds at a usual rate. */
const FRAMES = 200;
/** Frames of this time make the frame rate, in milliseconds. */
const RATE_WINDOW_MS = 2000;

export class FrameTimes {
  readonly stages: Partial<Record<Stage, number>> = {};
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Adds the time of `work` to a stage; a stage may be entered several times. */
  async time<T>(stage: Stage, work: () => T | Promise<T>): Promise<T> {
    const start = this.#now();
    try {
      return await work();
    } finally {
      this.add(stage, this.#now() - start);
    }
  }

  timeSync<T>(stage: Stage, work: () => T): T {
    const start = this.#now();
    try {
      return work();
    } finally {
      this.add(stage, this.#now() - start);
    }
  }

  /** Adds the time of `work` to a stage, less the time that `work` itself books under stages. */
  async timeRest<T>(stage: Stage, work: () => Promise<T>): Promise<T> {
    const start = this.#now();
    const booked = this.total;
    try {
      return await work();
    } finally {
      this.add(stage, this.#now() - start - (this.total - booked));
    }
  }

  add(stage: Stage, ms: number): void {
    this.stages[stage] = (this.stages[stage] ?? 0) + ms;
  }

  /** All stages together, in milliseconds. */
  get total(): number {
    return Object.values(this.stages).reduce((sum, ms) => sum + ms, 0);
  }
}

export class Timing {
  readonly #stages = new Map<Stage, SlidingWindow>(STAGES.map((stage) => [stage, new SlidingWindow(FRAMES)]));
  readonly #totals = new SlidingWindow(FRAMES);
  readonly #overheads = new SlidingWindow(FRAMES);
  /** Ends of frames within the last two seconds, for the frame rate. */
  #ends: number[] = [];
  #frames = 0;
  /** Since the last snapshot. */
  #each: number[] = [];
  readonly #now: () => number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  add(times: FrameTimes): void {
    const now = this.#now();
    for (const [stage, window] of this.#stages) window.push(times.stages[stage] ?? 0);
    const total = times.total;
    this.#totals.push(total);
    this.#each.push(total);
    if (this.#each.length > MAX_EACH) this.#each.shift();
    this.#overheads.push(total > 0 ? 1 - (times.stages.infer ?? 0) / total : 0);
    this.#ends.push(now);
    this.#ends = this.#ends.filter((end) => end > now - RATE_WINDOW_MS);
    this.#frames++;
  }

  reset(): void {
    for (const window of this.#stages.values()) window.clear();
    this.#totals.clear();
    this.#overheads.clear();
    this.#ends = [];
    this.#each = [];
    this.#frames = 0;
  }

  /** Reports each frame's time once. */
  snapshot(): OutRecordOf<'timing'> {
    // A camera that waits for its source has no rate.
    const now = this.#now();
    this.#ends = this.#ends.filter((end) => end > now - RATE_WINDOW_MS);
    const first = this.#ends[0];
    const last = this.#ends.at(-1);
    const spanS = first !== undefined && last !== undefined ? (last - first) / 1000 : 0;
    const each = this.#each;
    this.#each = [];
    return {
      type: 'timing',
      fps: spanS > 0 ? round((this.#ends.length - 1) / spanS, 10) : 0,
      frames: this.#frames,
      frameMs: {
        p50: round(this.#totals.quantile(0.5), 100),
        p90: round(this.#totals.quantile(0.9), 100),
        p99: round(this.#totals.quantile(0.99), 100),
      },
      eachMs: each.map((ms) => round(ms, 10)),
      stagesMs: Object.fromEntries(
        [...this.#stages].map(([stage, window]) => [stage, round(window.quantile(0.5), 100)]),
      ),
      overheadShare: round(this.#overheads.quantile(0.5), 1000),
    };
  }
}

const round = (value: number, steps: number) => Math.round(value * steps) / steps;
