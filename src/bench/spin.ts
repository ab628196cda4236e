/**
 * A fixed piece of work, over and over, by the clock: how long a piece takes at best and on average. The two differ by
 * the time that the processor spent on something else. Pieces are shorter than a scheduler's turn, so that even on a
 * busy machine the best one is undisturbed.
 */

/** What one thread measured. */
export interface Spin {
  /** The fastest piece, milliseconds. */
  readonly bestMs: number;
  /** A piece on average, whatever came in between, milliseconds. */
  readonly meanMs: number;
}

export interface SpinOptions {
  readonly forMs: number;
  /** Steps of a piece. A million take about a millisecond; more where the clock is coarse. */
  readonly steps: number;
}

/** Pieces before the clock counts, for the compiler to do its work. */
const WARM_UP = 30;

/** Pseudo-random integers: nothing a compiler could leave out, and no memory that a cache could lose. */
function piece(steps: number, seed: number): number {
  let state = seed;
  for (let i = 0; i < steps; i++) state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state;
}

/** @param now milliseconds */
export function spin({ forMs, steps }: SpinOptions, now: () => number = () => performance.now()): Spin {
  // Each piece begins where the last one ended, so that none can be optimised away.
  let state = 1;
  for (let i = 0; i < WARM_UP; i++) state = piece(steps, state);
  const start = now();
  let last = start;
  let bestMs = Infinity;
  let pieces = 0;
  while (last - start < forMs) {
    state = piece(steps, state);
    const at = now();
    bestMs = Math.min(bestMs, at - last);
    last = at;
    pieces++;
  }
  if (state < 0) throw new RangeError('unsigned integers are not below zero');
  return { bestMs, meanMs: (last - start) / pieces };
}
