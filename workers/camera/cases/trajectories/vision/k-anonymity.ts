/**
 * Contributions to a statistic, held back until enough different people have contributed to the same figure.
 *
 * A release gives the sum over all contributors since the last one, and removes it. So neither a release nor the
 * difference of two covers fewer than k people. This is the threshold rule of statistical disclosure control (Hundepool
 * et al., "Statistical Disclosure Control", 2012, 4.2), applied to increments, because the differences of repeated
 * totals would reveal single people.
 *
 * Limits: keys identify people. A person who is lost and found under another key counts twice; k must leave room for
 * that. Statistics are released independently; the absence of a person from one of them reveals nothing, since the
 * contribution may still be held back.
 */

/** One person's contribution to one figure. */
interface Share<T> {
  value: T;
  /** Time of the last contribution, seconds. */
  atS: number;
}

export interface Released<T> {
  readonly key: string;
  /** Number of different people; k or more. */
  readonly people: number;
  /** Sum over all of them. */
  readonly value: T;
}

export class ThresholdAggregate<T> {
  readonly #held = new Map<string, Map<number, Share<T>>>();
  readonly #merge: (own: T, more: T) => T;
  readonly #sum: (a: T, b: T) => T;

  /**
   * @param merge one person's contributions; bounds what a person adds. Must not change its arguments, as `sum` must not
   * @param sum contributions of different people; the same as `merge` where a person's part is not bounded
   */
  constructor(merge: (own: T, more: T) => T, sum: (a: T, b: T) => T = merge) {
    this.#merge = merge;
    this.#sum = sum;
  }

  /** Whether a person has contributed to a figure that is held back. */
  has(key: string, person: number): boolean {
    return this.#held.get(key)?.has(person) ?? false;
  }

  /** Number of figures held back. */
  get size(): number {
    return this.#held.size;
  }

  /** Figures that are held back, and how many different people have contributed to each. */
  held(): ReadonlyMap<string, number> {
    return new Map([...this.#held].map(([key, shares]) => [key, shares.size]));
  }

  add(key: string, person: number, value: T, atS: number): void {
    let shares = this.#held.get(key);
    if (!shares) this.#held.set(key, (shares = new Map()));
    const own = shares.get(person);
    shares.set(person, { value: own ? this.#merge(own.value, value) : value, atS });
  }

  /**
   * Releases the figures with k different contributors, in order of the keys: the order of arrival would reveal
   * something, too. Released figures are removed.
   * @throws {RangeError} when k is not a positive integer
   */
  release(k: number): Released<T>[] {
    if (!(Number.isInteger(k) && k >= 1))
      throw new RangeError(`k must be a whole number from 1 up, got ${k}.`);
    const ready = [...this.#held].filter(([, shares]) => shares.size >= k);
    return ready
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, shares]) => {
        this.#held.delete(key);
        const value = [...shares.values()].map((share) => share.value).reduce(this.#sum);
        return { key, people: shares.size, value };
      });
  }

  /** Discards contributions from before a moment. */
  forgetBefore(timeS: number): void {
    for (const [key, shares] of this.#held) {
      for (const [person, { atS }] of shares) if (atS < timeS) shares.delete(person);
      if (shares.size === 0) this.#held.delete(key);
    }
  }

  /** Replaces the key of a person. */
  rename(before: number, now: number): void {
    for (const shares of this.#held.values()) {
      const share = shares.get(before);
      if (!share) continue;
      shares.delete(before);
      shares.set(now, share);
    }
  }

  clear(): void {
    this.#held.clear();
  }
}
