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
  /** Steps of a piece. 300 000 take half a millisecond; more where the clock is coarse. */
  readonly steps: number;
}

/** Pieces before the clock counts, for the compiler to do its work. */
const WARM_UP = 30;

/**
 * Twelve sums that do not wait for one another, as many as keep a processor's multipliers and adders busy: only so does a
 * neighbour on the same core (another virtual machine's, too) show, which halves what inference gets, but lets a
 * single chain of steps run on at full speed. No memory that a cache could lose.
 */
function piece(steps: number, seed: number): number {
  let [a, b, c, d] = [seed, seed + 1, seed + 2, seed + 3];
  let [e, f, g, h] = [seed + 4, seed + 5, seed + 6, seed + 7];
  let [i, j, k, l] = [seed + 8, seed + 9, seed + 10, seed + 11];
  const [share, rest] = [0.999, 0.001];
  for (let n = 0; n < steps; n++) {
    a = a * share + rest;
    b = b * share + rest;
    c = c * share + rest;
    d = d * share + rest;
    e = e * share + rest;
    f = f * share + rest;
    g = g * share + rest;
    h = h * share + rest;
    i = i * share + rest;
    j = j * share + rest;
    k = k * share + rest;
    l = l * share + rest;
  }
  return (a + b + c + d + e + f + g + h + i + j + k + l) / 12;
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
  if (!(state > 0)) throw new RangeError('sums of positive numbers are positive');
  return { bestMs, meanMs: (last - start) / pieces };
}
