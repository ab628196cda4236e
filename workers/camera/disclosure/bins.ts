/** Time bins of equal length. They end on a schedule, whatever happens in them. */
export class Bins {
  readonly #lengthS: number;
  readonly #phaseS: number;
  #current: number | undefined;

  /**
   * @param lengthS length of a bin, seconds
   * @param phaseS shift of all bin edges, seconds: two schedules with different phases share no edge
   */
  constructor(lengthS: number, phaseS = 0) {
    this.#lengthS = lengthS;
    this.#phaseS = phaseS;
  }

  /** Source time at which the present bin ends, seconds; undefined before the first call of `ended`. */
  get nextS(): number | undefined {
    return this.#current === undefined ? undefined : (this.#current + 1) * this.#lengthS - this.#phaseS;
  }

  /** Number of the present bin, from 0. */
  get index(): number {
    return this.#current ?? 0;
  }

  /** Start of the present bin on its own clock, whose zero is that of bin 0: a multiple of the length, seconds. */
  get startS(): number {
    return this.index * this.#lengthS;
  }

  /**
   * Moves to a moment of source time.
   * @returns the start of the bin that has just ended, on the bins' own clock, in seconds; undefined within a bin
   */
  ended(timeS: number): number | undefined {
    const index = Math.max(0, Math.floor((timeS + this.#phaseS) / this.#lengthS));
    const before = this.#current;
    this.#current = index;
    // A source whose time runs backwards has restarted: what was held is from before.
    return before === undefined || index === before ? undefined : before * this.#lengthS;
  }
}
