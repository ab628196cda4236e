/** From a container's time stamps to the source's time, which always goes on, whatever the stamps do. */

/**
 * What a stamp may do. A step back, or a gap longer than a recorder pauses for, is a seam between two recordings (joined
 * pieces, a wrapped counter of 33 bits, a clock that was set). Steps shorter than any camera's are no times at all.
 */
const MAX_GAP_US = 10e6;
const MIN_STEP_US = 1000;
/** Two pictures of one moment happen (a duplicate at a cut); this many in a row are no times at all. */
const MAX_DUPLICATES = 2;
/** Pictures a second where the stamps say nothing. */
export const ASSUMED_FPS = 25;
/** Steps by which the usual interval is known: their median. */
const STEPS = 15;

export interface TimelineOptions {
  /** Nominal rate as the container states it; one that no camera has is not believed. */
  readonly fps?: number | undefined;
  /** Longest step forward that is taken as it is, in microseconds. A live source's clock is believed. */
  readonly maxGapUs?: number;
}

/**
 * The rule: a plausible step is taken as it is. At a seam the next picture comes one usual interval after the last one.
 * The usual interval is the median of the last plausible steps; before there are any, that of the stated rate; where
 * that is senseless too, of 25 pictures a second.
 */
export class Timeline {
  readonly #maxGapUs: number;
  readonly #stated: number | undefined;
  readonly #steps: number[] = [];
  /** What is added to a sound stamp. */
  #shiftUs = 0;
  #jumps = 0;
  #duplicates = 0;
  #senseless = false;
  /** The last stamp, and the time that was made of it. */
  #last: { readonly stampUs: number; readonly timeUs: number } | undefined;
  /** Where the first picture, or the next one after `restart`, is put. */
  #startUs = 0;

  constructor({ fps, maxGapUs = MAX_GAP_US }: TimelineOptions = {}) {
    this.#maxGapUs = maxGapUs;
    this.#stated = fps !== undefined && fps > 0 && 1e6 / fps >= MIN_STEP_US ? 1e6 / fps : undefined;
  }

  /** Seams that were bridged so far. */
  get jumps(): number {
    return this.#jumps;
  }

  /** Pictures a second that are assumed because the stamps are senseless; undefined where they are used. */
  get assumedFps(): number | undefined {
    return this.#senseless ? 1e6 / this.#usualUs : undefined;
  }

  /**
   * The time of the next picture in presentation order, in microseconds: 0 for the first, and always later than the one
   * before.
   * @param stampUs the container's own time stamp
   */
  place(stampUs: number): number {
    const last = this.#last;
    const timeUs = last ? this.#next(stampUs, last) : this.#startUs;
    if (!last) this.#shiftUs = timeUs - stampUs;
    this.#last = { stampUs, timeUs };
    return timeUs;
  }

  /**
   * The stamps begin anew on purpose (the next round of a loop): no seam is counted.
   * @param durationUs how long the last picture is shown; the usual interval by default
   */
  restart(durationUs?: number): void {
    if (!this.#last) return;
    const isPlausible = durationUs !== undefined && durationUs >= MIN_STEP_US && durationUs <= this.#maxGapUs;
    this.#startUs = this.#last.timeUs + Math.round(isPlausible ? durationUs : this.#usualUs);
    this.#last = undefined;
  }

  #next(stampUs: number, last: { readonly stampUs: number; readonly timeUs: number }): number {
    const stepUs = stampUs - last.stampUs;
    if (stepUs >= MIN_STEP_US && stepUs <= this.#maxGapUs) {
      this.#duplicates = 0;
      this.#steps.push(stepUs);
      if (this.#steps.length > STEPS) this.#steps.shift();
      return Math.max(stampUs + this.#shiftUs, last.timeUs + 1);
    }
    const isDuplicate = Math.abs(stepUs) < MIN_STEP_US;
    // Those after it are where they would be without it.
    if (isDuplicate && ++this.#duplicates <= MAX_DUPLICATES) return last.timeUs + 1;
    if (isDuplicate) this.#senseless = true;
    else this.#jumps++;
    const timeUs = last.timeUs + Math.max(1, Math.round(this.#usualUs));
    this.#shiftUs = timeUs - stampUs;
    return timeUs;
  }

  get #usualUs(): number {
    const sorted = [...this.#steps].sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? this.#stated ?? 1e6 / ASSUMED_FPS;
  }
}
