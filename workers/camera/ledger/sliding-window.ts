import { nearestRank } from '../../../lib/stats.ts';

/** The last `capacity` values of a series. */
export class SlidingWindow {
  readonly #values: number[] = [];
  #next = 0;

  constructor(readonly capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be an integer >= 1');
  }

  push(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.capacity;
  }

  get values(): readonly number[] {
    return this.#values;
  }

  /**
   * The quantile of what the window holds, by nearest rank.
   * @param q 0..1
   * @returns in the unit of the values; 0 before the first
   */
  quantile(q: number): number {
    return this.#values.length === 0 ? 0 : nearestRank(this.#values, q);
  }

  clear(): void {
    this.#values.length = 0;
    this.#next = 0;
  }
}
