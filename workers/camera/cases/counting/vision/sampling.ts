/**
 * Whether there are enough pictures a second to count what moves here.
 *
 * An object is followed when its boxes of one picture and the next can be joined. The tracker looks for a new one as far as one
 * size around its box, so that beyond 1.6 sizes nothing is found again ((3 - x) / (3 + x) = .3, its least overlap), and who goes
 * further than one size leaves no second chance. At a given rate that is a speed: at 3 pictures a second a car of 2.6 m (the root
 * of length by height) may go 28 km/h. A faster one is seen once, and never again: sure sightings that nothing followed.
 */
import { sizeOf } from '../../../vision/geometry/boxes.ts';
import type { Track } from '../../../vision/tracking/track.ts';

/** Intervals and objects that the answer is taken from. */
const MEMORY = 24;
/** Fewer intervals say nothing of the rate. */
const MIN_INTERVALS = 4;
/** Below this rate walkers are lost: 1.4 m/s are 1.5 sizes of one (.9 m) a second. Pictures a second. */
const WALKERS = 1.5;
/** From this rate on cars in a town are followed: 40 km/h are 4.3 sizes of one a second. */
const CARS = 4.3;
/** In between, steps of this many sizes from picture to picture are too long, ... */
const LONG_STEP = 0.8;
/** ... when so many objects, and this share of all that ended or are followed, take them or were seen surely and never again. */
const MIN_FAST = 3;
const FAST_SHARE = 0.3;
/** From this score on a single sighting is no clutter; above the tracker's own mark. */
const SURE = 0.45;

export class SamplingMeter {
  readonly #intervals: number[] = [];
  /** Of each object that has ended, whether it was too fast. */
  readonly #ended: boolean[] = [];
  /** The longest step of each object that is followed, in sizes. */
  readonly #steps = new Map<number, number>();
  /** Objects that are followed now. */
  #followed = 0;
  #lastS: number | undefined;

  /**
   * @param tracks alive, of one frame
   * @param ended those that ended with it
   */
  update(tracks: readonly Track[], ended: readonly Track[], timeS: number): void {
    const interval = timeS - (this.#lastS ?? timeS);
    this.#lastS = timeS;
    if (interval > 0) push(this.#intervals, interval);
    this.#followed = tracks.filter(({ confirmed }) => confirmed).length;
    for (const { id, lost, hits, velocity, box } of tracks) {
      if (lost || hits < 3) continue;
      const step = (Math.hypot(...velocity) * this.intervalS) / Math.max(1, sizeOf(box));
      this.#steps.set(id, Math.max(step, this.#steps.get(id) ?? 0));
    }
    for (const { id, confirmed, hits, score } of ended) {
      const once = !confirmed && hits <= 2 && score >= SURE;
      if (confirmed || once) push(this.#ended, once || (this.#steps.get(id) ?? 0) > LONG_STEP);
      this.#steps.delete(id);
    }
  }

  /** Usual time between two pictures, seconds; 0 while it is not known. */
  get intervalS(): number {
    const sorted = this.#intervals.toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  }

  /** Whether crossings are missed, in all likelihood, because objects go too far from one picture to the next. */
  get tooFew(): boolean {
    if (this.#intervals.length < MIN_INTERVALS) return false;
    const rate = 1 / this.intervalS;
    if (rate < WALKERS) return true;
    if (rate >= CARS) return false;
    const fast = this.#ended.filter((so) => so).length;
    return fast >= MIN_FAST && fast >= FAST_SHARE * (this.#ended.length + this.#followed);
  }
}

function push<T>(list: T[], value: T): void {
  list.push(value);
  if (list.length > MEMORY) list.shift();
}
