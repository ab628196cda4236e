/** One object's way across the picture, as far as it matters to lines. */
import { borderExit } from './border-exit.ts';
import {
  centreOf,
  groundPointOf,
  heightOf,
  nesting,
  sizeOf,
  widthOf,
  type Vec,
} from '../../../vision/geometry/boxes.ts';
import { SideMemory, type Line, type LineCrossing, type Step } from './line-geometry.ts';
import type { Box } from '../../../vision/geometry/detection.ts';
import { certaintyOf, Extent } from './extent.ts';
import type { Certainty } from './side-evidence.ts';
import type { PictureSize, TrackedObject } from '../../../vision/tracking/track.ts';

export interface TrackCrossing extends LineCrossing {
  readonly line: Line;
  /** The object as it passed, and the size of its box in pixels. */
  readonly box: Box;
  readonly size: number;
  /** Whether a sure detection had said by then what it is. */
  readonly named: boolean;
}

export interface CrossingRules {
  readonly picture: PictureSize;
  readonly anchor: 'centre' | 'ground';
  /** Half the width of the dead band, as a share of the object's size. */
  readonly deadBand: number;
}

/** How long after it came in an object may show which lines it has passed, seconds. */
const ENTRY_S = 5;
/** Of a part this share lies within the whole. */
const WITHIN = 0.8;
/** Two tracks that turn out to be one object cross a line at about the same time, seconds. */
const SAME_CROSSING_S = 2;
/** An object shows where it is going when it has moved by this share of its size. */
const SHOWN = 0.5;

export class CrossingState {
  readonly id: number;
  label: string;
  confirmed: boolean;
  /** A sure detection has said what it is. */
  named: boolean;
  readonly #first: Step;
  readonly #firstBox: Box;
  readonly #sides = new Map<Line, SideMemory>();
  readonly #extent = new Extent();
  /** Where it was before it came in, and the lines that it may have passed since. */
  #entry: { readonly origin: Step; readonly lines: Set<Line> } | undefined;
  #last: Step;
  #box: Box;
  #velocity: Vec;
  #members: number;
  /** Where the point that is followed lies, from the anchor of the box, in widths and heights of it. */
  #offset: Vec = [0, 0];
  /** Passages waiting to be given out. */
  #waiting: TrackCrossing[] = [];
  #given: TrackCrossing[] = [];
  /** Passages of a part of this object, before it was known to be a part: the object's own are not to repeat them. */
  #borrowed: TrackCrossing[] = [];
  #mayHaveEntered: boolean;
  readonly #rules: CrossingRules;

  /** @param mayHaveEntered false for what was there in the first frame: it was not seen to come in */
  constructor(object: TrackedObject, timeS: number, mayHaveEntered: boolean, rules: CrossingRules) {
    this.#mayHaveEntered = mayHaveEntered;
    this.#rules = rules;
    this.id = object.id;
    this.label = object.label;
    this.named = object.named;
    this.confirmed = object.confirmed;
    this.#firstBox = this.#box = object.box;
    this.#velocity = object.velocity;
    this.#members = object.members?.length ?? 0;
    this.#first = this.#last = { at: this.#anchor(object.box), timeS };
  }

  get lastSeenS(): number {
    return this.#last.timeS;
  }

  /** The point that is followed, where it was last seen, and the size of the box, pixels. */
  get at(): Vec {
    return this.#last.at;
  }
  get size(): number {
    return sizeOf(this.#box);
  }
  /** Passages that wait to be given out, and those that were. */
  get waiting(): readonly TrackCrossing[] {
    return this.#waiting;
  }
  get given(): readonly TrackCrossing[] {
    return this.#given;
  }
  memoryOf(line: Line): Readonly<Pick<SideMemory, 'refused' | 'held'>> {
    return this.#side(line);
  }

  /** Goes on to where the object is seen now. @param frameS time between frames, seconds */
  follow(object: TrackedObject, timeS: number, frameS: number, lines: readonly Line[]): void {
    const members = object.members?.length ?? 0;
    if (members !== this.#members) this.#rebase(object.box, timeS);
    this.#members = members;
    const to: Step = { at: this.#anchor(object.box), timeS };
    this.label = object.label;
    this.named = object.named;
    this.confirmed ||= object.confirmed;
    this.#box = object.box;
    this.#velocity = object.velocity;
    const observed = this.#anchor(object.observed);
    this.#extent.add(object.box, observed, timeS);
    this.#go(to, lines, observed);
    if (this.#mayHaveEntered) this.#decideEntry(frameS, lines);
    this.#enter();
  }

  /** The object did not come back: if it was on its way out, it has passed what lay before the border. */
  leave(frameS: number, lines: readonly Line[]): void {
    const out = borderExit(this.#box, this.#velocity, frameS, this.#rules.picture);
    if (!out) return;
    const to: Step = { at: add(this.#last.at, out), timeS: this.#last.timeS + frameS };
    this.#go(to, lines);
  }

  /**
   * Passages given out for good. Those of an unconfirmed object stay.
   * @param settledS up to this time, if what the object is has been settled
   * @param doubtfulS up to this time, if it has not
   */
  take(settledS: number, doubtfulS: number): TrackCrossing[] {
    if (!this.confirmed || this.#waiting.length === 0) return [];
    const untilS = this.named ? settledS : doubtfulS;
    const due = this.#waiting.filter((p) => p.timeS <= untilS);
    this.#waiting = this.#waiting.filter((p) => p.timeS > untilS);
    this.#given.push(...due);
    return due;
  }

  /** Whether one of the passages that wait is, in all likelihood, the same event as this one. */
  isWaitingFor(
    passage: TrackCrossing,
    likely: (p: TrackCrossing, passage: TrackCrossing) => boolean,
  ): boolean {
    return this.#waiting.some((p) => isSame(p, passage) && likely(p, passage));
  }

  /** Begins in the place of a lost object and goes on with its memory. */
  takeOver(before: CrossingState, lines: readonly Line[]): void {
    for (const line of lines) this.#side(line).inherit(before.#side(line), before.#last, this.#first);
    this.#extent.inherit(before.#extent);
    this.#mayHaveEntered = false;
    this.#entry = before.#entry;
    this.#last = before.#last;
    this.#waiting = before.#waiting;
    this.#given = before.#given;
    this.#borrowed = before.#borrowed;
  }

  /** A track turned out to be part of this object: what it has passed the object need not pass again. */
  absorb(part: CrossingState, lines: readonly Line[]): void {
    for (const passage of part.#given) {
      const repeated = this.#waiting.findIndex((p) => isSame(p, passage));
      if (repeated >= 0) this.#waiting.splice(repeated, 1);
      else this.#borrowed.push(passage);
      this.#given.push(passage);
    }
    for (const passage of part.#waiting) {
      if ([...this.#waiting, ...this.#given].some((p) => isSame(p, passage))) continue;
      this.#waiting.push(passage);
      this.#borrowed.push(passage);
    }
    for (const line of lines) {
      if (this.#side(line).side === undefined)
        this.#side(line).inherit(part.#side(line), part.#last, this.#last);
    }
    this.confirmed ||= part.confirmed;
  }

  #anchor(box: Box): Vec {
    const [x, y] = this.#rules.anchor === 'ground' ? groundPointOf(box) : centreOf(box);
    return [x + this.#offset[0] * widthOf(box), y + this.#offset[1] * heightOf(box)];
  }

  /**
   * Tracks were joined to one object (or parted): its box, and so its anchor, is another, which is no motion. The point
   * that was followed till now is followed on, where it lies in the new box.
   */
  #rebase(box: Box, timeS: number): void {
    const dt = timeS - this.#last.timeS;
    this.#offset = [0, 0];
    const [x, y] = this.#anchor(box);
    const within = (v: number) => Math.max(-0.5, Math.min(0.5, v)) || 0;
    this.#offset = [
      within((this.#last.at[0] + this.#velocity[0] * dt - x) / widthOf(box)),
      within((this.#last.at[1] + this.#velocity[1] * dt - y) / heightOf(box)),
    ];
    this.#extent.forget();
    for (const side of this.#sides.values()) side.rebase();
  }

  #side(line: Line): SideMemory {
    let side = this.#sides.get(line);
    if (!side) this.#sides.set(line, (side = new SideMemory(line)));
    return side;
  }

  /** @param observed the anchor, not filtered; left out: the place is certain */
  #go(to: Step, lines: readonly Line[], observed?: Vec): void {
    for (const line of lines) {
      const passage = this.#side(line).step(this.#last, to, observed && this.#certainty(line, observed));
      if (passage)
        this.#note({ ...passage, line, box: this.#box, size: sizeOf(this.#box), named: this.named });
    }
    this.#last = to;
  }

  #certainty(line: Line, observed: Vec): Certainty {
    const box = this.#box;
    const { anchor, deadBand } = this.#rules;
    const known = certaintyOf(this.#extent, box, anchor, line.normal);
    return { ...known, band: deadBand * sizeOf(box), observed: line.distance(observed) };
  }

  /**
   * There and back again before it was given out is no passage at all: a box that grew and shrank by a bicycle, or
   * a person who stepped on the line and turned.
   */
  #note(passage: TrackCrossing): void {
    const known = this.#borrowed.findIndex((p) => isSame(p, passage));
    if (known >= 0) {
      this.#borrowed.splice(known, 1);
      return;
    }
    const undone = this.#waiting.findLastIndex((p) => p.line === passage.line);
    if (undone >= 0 && this.#waiting[undone]!.direction !== passage.direction)
      this.#waiting.splice(undone, 1);
    else this.#waiting.push(passage);
  }

  /** Once it shows where it is going, it shows whether it came in over the border, past the lines that lie there. */
  #decideEntry(frameS: number, lines: readonly Line[]): void {
    const motion: Vec = [this.#last.at[0] - this.#first.at[0], this.#last.at[1] - this.#first.at[1]];
    const lasted = this.#last.timeS - this.#first.timeS;
    if (lasted <= 0 || Math.hypot(motion[0], motion[1]) < SHOWN * sizeOf(this.#firstBox)) return;
    this.#mayHaveEntered = false;
    const backwards: Vec = [-motion[0] / lasted, -motion[1] / lasted];
    const out = borderExit(this.#firstBox, backwards, frameS, this.#rules.picture);
    if (!out) return;
    const origin: Step = { at: add(this.#first.at, out), timeS: this.#first.timeS };
    this.#entry = { origin, lines: new Set(lines) };
  }

  /** Over which of those lines it came shows once it is clearly beyond them; not much later, when it may have turned. */
  #enter(): void {
    if (!this.#entry) return;
    const { origin, lines } = this.#entry;
    if (this.#last.timeS - origin.timeS > ENTRY_S) {
      this.#entry = undefined;
      return;
    }
    for (const line of lines) {
      if ([...this.#waiting, ...this.#given].some((p) => p.line === line)) lines.delete(line);
      const { clear } = this.#side(line);
      if (!clear || !lines.has(line)) continue;
      const before = new SideMemory(line);
      before.step(undefined, origin);
      const passage = before.step(origin, clear);
      if (!passage) continue;
      lines.delete(line);
      this.#note({ ...passage, line, box: this.#firstBox, size: sizeOf(this.#firstBox), named: this.named });
    }
  }
}

const add = (a: Vec, b: Vec): Vec => [a[0] + b[0], a[1] + b[1]];

/** At one place, as far as the size of the larger of the two can tell. */
export const isNear = (p: TrackCrossing, q: TrackCrossing) =>
  Math.hypot(p.at[0] - q.at[0], p.at[1] - q.at[1]) <= Math.max(p.size, q.size);

/** The second is a part of the first: a wheel of a bicycle. Both boxes are those that stood on the line. */
export const isPart = (whole: TrackCrossing, part: TrackCrossing) =>
  whole.size > part.size && nesting(part.box, whole.box) >= WITHIN;

/** Over one line, one way, at about the same time. */
export const isSame = (p: TrackCrossing, q: TrackCrossing) =>
  p.line === q.line && p.direction === q.direction && Math.abs(p.timeS - q.timeS) < SAME_CROSSING_S;
