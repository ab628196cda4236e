/**
 * Noise on the values of one figure at its release, within a budget of the day (differential privacy of a figure: Dwork and
 * Roth, "The Algorithmic Foundations of Differential Privacy", 2014, 3.3).
 *
 * The loss epsilon of a release is spread over the values of the figure. It bounds what a release tells of one person's part
 * in this figure. That a figure was released at all says that k people contributed; no noise hides that. A person who
 * contributes to several figures causes the sum of the losses.
 */
import type { Noise } from '../../../../contract/index.ts';
import { discreteLaplace } from '../../disclosure/noise.ts';
import type { Draw } from '../../disclosure/release.ts';

const DAY_S = 86_400;
/** Sums of epsilon are compared with this tolerance. */
const ROUNDING = 1e-9;

/** One value of a figure, a whole number, and the maximum contribution of one person to it. */
export interface Value {
  readonly value: number;
  readonly share: number;
}

export class NoisyValues {
  readonly #draw: Draw;
  /** Loss spent by figure on the present day of source time. */
  readonly #spent = new Map<string, number>();
  #day = 0;

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  /**
   * @param figure identity of the figure, the same from release to release
   * @returns the values with noise, whole numbers that may be negative; undefined where the budget of the day is spent
   */
  release(figure: string, values: readonly Value[], atS: number, noise: Noise): number[] | undefined {
    const day = Math.floor(atS / DAY_S);
    if (day !== this.#day) this.#spent.clear();
    this.#day = day;
    const spent = (this.#spent.get(figure) ?? 0) + noise.epsilon;
    if (spent > noise.dailyEpsilon + ROUNDING) return undefined;
    this.#spent.set(figure, spent);
    const epsilon = noise.epsilon / values.length;
    return values.map(({ value, share }) => value + discreteLaplace(epsilon, share, this.#draw));
  }
}
