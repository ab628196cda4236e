/**
 * Repeats a fixed piece of work and measures its best and its mean time. The two differ by the time that the processor
 * spent on other work. Pieces are shorter than a scheduler's turn, so that even on a busy machine the best one is
 * undisturbed.
 */

/** The measurement of one thread. */
export interface Spin {
  /** The fastest piece, milliseconds. */
  readonly bestMs: number;
  /** Mean time of a piece, interruptions included, milliseconds. */
  readonly meanMs: number;
}

export interface SpinOptions {
  readonly forMs: number;
  /** Steps of a piece. 300 000 take half a millisecond; more where the clock is coarse. */
  readonly steps: number;
}

/** Pieces before the measurement, for the compiler to optimise. */
const WARM_UP = 30;

/**
 * Twelve independent sums, enough to keep a processor's multipliers and adders busy. Only then does a neighbour on the
 * same core show (another virtual machine's, too): it halves the speed of inference, but lets a single dependent chain
 * run at full speed. The work uses no memory, so the cache has no influence.
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
  // Each piece starts from the result of the last one, so that none can be optimised away.
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
