/**
 * What people contribute to a statistic, held back until enough different people have contributed to the same thing.
 *
 * A release gives the sum over all who have contributed since the last one, and empties what it gave; so neither a
 * release nor the difference of two tells of fewer than k people. This is the threshold rule of statistical disclosure
 * control (Hundepool et al., "Statistical Disclosure Control", 2012, 4.2), applied to increments, because totals told
 * again and again would give single people away by their differences.
 *
 * Limits: people are told apart by their keys. Who is lost and found again under another key counts twice; k has to
 * leave room for that. Statistics are released apart from one another; that somebody is missing from one of them says
 * nothing, since he may be among those still held back.
 */

/** What one person has contributed to one thing. */
interface Share<T> {
  value: T;
  /** Of the last contribution, seconds. */
  atS: number;
}

export interface Released<T> {
  readonly key: string;
  /** Different people; k or more. */
  readonly people: number;
  /** Of all of them together. */
  readonly value: T;
}

export class ThresholdAggregate<T> {
  readonly #held = new Map<string, Map<number, Share<T>>>();
  readonly #merge: (a: T, b: T) => T;

  /** @param merge the sum of two contributions; must not change its arguments */
  constructor(merge: (a: T, b: T) => T) {
    this.#merge = merge;
  }

  /** Things that are held back. */
  get size(): number {
    return this.#held.size;
  }

  add(key: string, person: number, value: T, atS: number): void {
    let shares = this.#held.get(key);
    if (!shares) this.#held.set(key, (shares = new Map()));
    const own = shares.get(person);
    shares.set(person, { value: own ? this.#merge(own.value, value) : value, atS });
  }

  /**
   * Everything that k different people have contributed to, in order of the keys: the order of arrival would tell
   * something, too. What is given out is forgotten.
   * @throws {RangeError} when k is not a whole number from 1 up
   */
  release(k: number): Released<T>[] {
    if (!(Number.isInteger(k) && k >= 1))
      throw new RangeError(`k must be a whole number from 1 up, got ${k}.`);
    const ready = [...this.#held].filter(([, shares]) => shares.size >= k);
    return ready
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, shares]) => {
        this.#held.delete(key);
        const value = [...shares.values()].map((share) => share.value).reduce(this.#merge);
        return { key, people: shares.size, value };
      });
  }

  /** Forgets what was contributed before a moment and not released since. */
  forgetBefore(timeS: number): void {
    for (const [key, shares] of this.#held) {
      for (const [person, { atS }] of shares) if (atS < timeS) shares.delete(person);
      if (shares.size === 0) this.#held.delete(key);
    }
  }

  /** A person goes under another key from now on. */
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
