/**
 * On which side of a border an object is, as far as its boxes prove it.
 *
 * An object that trembles on the border is on the side it came from until it has clearly left the dead band on the other.
 * Clearly: with all of it, as far as it was lately seen, by more than it trembles, and not by a single leap, which is another
 * view of something that stands still.
 */
import type { Vec } from '../../../vision/geometry/boxes.ts';
import type { Box } from '../../../vision/geometry/detection.ts';

export type Side = -1 | 1;

/** How an object looked at a moment. */
export interface View {
  readonly box: Box;
  /** Mean width and height of the boxes about then, pixels. */
  readonly mean: Vec;
}

/** How well an object's distance from the border is known at a moment. */
export interface Certainty {
  /** Half the width of the dead band, pixels. */
  readonly band: number;
  /** Standard deviation of the distance, pixels. */
  readonly noise: number;
  /** The signed distance as it was observed, not filtered, pixels. */
  readonly observed: number;
  readonly view: View;
  /** By how much nearer to the border it may be than measured, when it was seen so on that side, pixels. */
  slack(view: View, side: Side): number;
}

/** A distance counts when it is so many standard deviations of the mean of the frames in a row that show it. */
const SIGMAS = 4;
/** Frames in a row that are averaged. */
const MAX_RUN = 64;
/**
 * An object that was lost and is found on the other side may have been put there by mistake. It is believed when it goes on by
 * so many dead bands, or has been there for a while, seconds.
 */
const GOES_ON = 3;
const STAYS_S = 1;
/** With more than this share of the way in a single step it has not moved. */
const MAX_LEAP = 0.7;

/** What showed it furthest on a side. */
interface Far {
  readonly distance: number;
  readonly band: number;
  readonly view: View;
}

export class SideEvidence {
  /** The side it was last clearly on; undefined until it was clearly on any. */
  side: Side | undefined;
  /** Why the last step proved nothing: too near the border, or not by its own motion. Undefined: it did. */
  held: 'border' | 'leap' | undefined;
  #far: Far | undefined;
  /** The most that frames in a row showed on that side: sum of distances over the root of their number, pixels. */
  #weight = 0;
  /** The longest step from one sight to the next since it was last clearly there, and the distance at the last, pixels. */
  #leap = 0;
  #before: number | undefined;
  /** Frames in a row on one side of the border, and the sum of their distances. */
  #run = { side: 1 as Side, frames: 0, sum: 0 };
  /** When and where it was found again under another name. */
  #found: { readonly timeS: number; readonly distance: number } | undefined;

  /**
   * Takes the next moment.
   * @param distance signed, pixels
   * @param certainty left out: the place is certain
   * @returns `there`: clearly on the side it was on, or for the first time on any; `moved`: on the other; `unveiled`: on the
   *   other, but it may have been there all the time; undefined: not clearly on any
   */
  step(distance: number, timeS: number, certainty?: Certainty): 'there' | 'moved' | 'unveiled' | undefined {
    const side: Side = distance < 0 ? -1 : 1;
    const far = Math.abs(distance);
    if (certainty) {
      this.#leap = Math.max(this.#leap, Math.abs(certainty.observed - (this.#before ?? certainty.observed)));
      this.#before = certainty.observed;
      this.held = this.#isClear(far, side, certainty) ? undefined : 'border';
      if (this.held) return undefined;
    }
    if (side === this.side || this.side === undefined) {
      this.#settle(side, far, certainty);
      return 'there';
    }
    if (certainty && (this.#isDoubtful(far, side, timeS, certainty) || this.#isLeap(far))) {
      this.held = 'leap';
      return undefined;
    }
    const shown = !certainty || this.#wasClear(certainty);
    this.#far = undefined;
    this.#weight = 0;
    this.#settle(side, far, certainty);
    return shown ? 'moved' : 'unveiled';
  }

  /**
   * Goes on where another object's evidence ended.
   * @param last signed distance at which that one was last seen, pixels
   * @param first the same at which this one is found: on the other side it moved unseen, or one of the two was misplaced,
   *   which the next moments tell
   */
  inherit(from: SideEvidence, last: number, first: number, timeS: number): void {
    this.side = from.side;
    this.#far = from.#far;
    this.#weight = from.#weight;
    this.#leap = from.#leap;
    this.#before = from.#before;
    this.#found = last < 0 === first < 0 ? from.#found : { timeS, distance: first };
  }

  /** The object is now seen as something larger or smaller: what was known of its box is of no use. */
  rebase(): void {
    this.#far = undefined;
    this.#before = undefined;
  }

  #isClear(distance: number, side: Side, { band, noise, view, slack }: Certainty): boolean {
    const sure = distance - slack(view, side);
    const run = this.#run;
    if (run.side !== side) Object.assign(run, { side, frames: 0, sum: 0 });
    else if (run.frames >= MAX_RUN) Object.assign(run, { frames: run.frames / 2, sum: run.sum / 2 });
    run.frames++;
    run.sum += sure;
    return sure >= band && run.sum >= SIGMAS * noise * Math.sqrt(run.frames);
  }

  /** Just found on the other side, and neither going on nor there for long. */
  #isDoubtful(distance: number, side: Side, timeS: number, { band }: Certainty): boolean {
    if (!this.#found) return false;
    const goesOn = distance - this.#found.distance * side >= GOES_ON * band;
    return !goesOn && timeS - this.#found.timeS < STAYS_S;
  }

  #isLeap(distance: number): boolean {
    return this.#far !== undefined && this.#leap > MAX_LEAP * (this.#far.distance + distance);
  }

  /** Whether the object, as large as it is known to be now, was clearly on the side that it leaves. */
  #wasClear({ noise, slack }: Certainty): boolean {
    if (!this.#far) return true;
    const { distance, band, view } = this.#far;
    return distance - slack(view, this.side!) >= band && this.#weight >= SIGMAS * noise;
  }

  #settle(side: Side, distance: number, certainty?: Certainty): void {
    this.side = side;
    this.#found = undefined;
    this.#leap = 0;
    if (!certainty) return;
    this.#weight = Math.max(this.#weight, this.#run.sum / Math.sqrt(this.#run.frames));
    if (this.#far && this.#far.distance >= distance) return;
    this.#far = { distance, band: certainty.band, view: certainty.view };
  }
}
