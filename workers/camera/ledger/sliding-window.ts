/** The value below which the share `p` (0..1) of `values` lies; nearest rank, 0 for no values. Does not sort in place. */
export function percentile(values: readonly number[], p: number): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))]!;
}

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

  clear(): void {
    this.#values.length = 0;
    this.#next = 0;
  }
}
