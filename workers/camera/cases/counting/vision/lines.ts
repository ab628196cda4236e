/**
 * Counting objects that cross lines.
 *
 * - An object must have been seen clearly on both sides; the dead band around the line is a share of its size.
 * - Where and when it crossed is interpolated between frames, so that fast cars at a few frames a second count; the
 *   place must be on the segment and the motion steep enough against it.
 * - A new id that appears where an old one was lost goes on with the old one's memory (`Succession`): an unstable id
 *   never counts twice, and a crossing during the gap is not missed.
 * - The border: an object that moves out of the picture passes every line between its last place and the border, and
 *   one that moves in has passed every line between the border and its first place, provided that the border cut it
 *   off, or was within a frame's motion, when it was last (first) seen. What was already there in the first frame did
 *   not enter. What vanishes or appears further inside is not extended.
 * - A count is given out only after `settleS`, with the class the object has by then, or when the object ends: a rider
 *   is not a pedestrian because the bicycle under him was recognised three frames later. Who turns back within that
 *   time has not crossed.
 * - What no sure detection has ever named does not count beside another object that crosses at the same place and time:
 *   it is a piece of that one (half a rider, a wheel behind a passer-by), which the detector saw faintly on its own. Nor
 *   does what lay within that other object and was named only later: a wheel that is taken for a bicycle when the whole
 *   leaves the picture.
 */
import type { Vec } from '../../../vision/geometry/boxes.ts';
import { complete, type CounterOptions } from './counter-options.ts';
import { Line, type Direction } from './line-geometry.ts';
import { kindOf, type CountedKind } from '../../../vision/tracking/labels.ts';
import { TrackStitcher } from '../../../vision/tracking/track-stitching.ts';
import type { TrackedObject } from '../../../vision/tracking/track.ts';
import { isNear, isPart, isSame, CrossingState, type TrackCrossing } from './crossing-state.ts';

/** A line in fractions of the picture; the positive side is to the right of a -> b (y down). */
export interface LineSpec {
  readonly id: string;
  readonly a: Vec;
  readonly b: Vec;
  /** A crossing flatter than this against the line is not counted, in pixels' geometry, 0..90. */
  readonly minAngleDeg?: number;
}

/** An object crossed a line. */
export interface Crossing {
  readonly line: string;
  readonly kind: CountedKind;
  readonly direction: Direction;
  /** Source time in seconds, between frames. */
  readonly atS: number;
  /** Place, pixels. */
  readonly at: Vec;
  readonly objectId: number;
}

/** Passages that a late doubt may be about are remembered this long, seconds. */
const REMEMBERED_S = 10;

export class LineCounter {
  readonly #options: Required<CounterOptions>;
  #lines: readonly Line[] = [];
  readonly #ways = new Map<number, CrossingState>();
  readonly #succession: TrackStitcher;
  /** Passages given out lately. */
  #given: TrackCrossing[] = [];
  #startS: number | undefined;
  #nowS: number | undefined;
  /** Time between the last two frames. */
  #frameS = 0;

  /** @throws {RangeError} when a line has no length or an option makes no sense; the message names it */
  constructor(lines: readonly LineSpec[], options: CounterOptions) {
    this.#options = complete(options);
    this.#succession = new TrackStitcher(this.#options.handOverS);
    this.setLines(lines);
  }

  /**
   * Replaces the lines. One that stays as it was keeps what it knows of the objects around it; what has crossed one that
   * goes is still given out.
   * @throws {RangeError} when a line has no length; the old ones stay then
   */
  setLines(lines: readonly LineSpec[]): void {
    const { width, height } = this.#options.picture;
    const toPixels = (p: Vec): Vec => [p[0] * width, p[1] * height];
    this.#lines = lines.map(({ id, a, b, minAngleDeg }) => {
      const line = new Line(id, toPixels(a), toPixels(b), minAngleDeg);
      return this.#lines.find((before) => before.equals(line)) ?? line;
    });
  }

  /**
   * Takes the objects of one frame, lost and unconfirmed ones among them.
   * @returns the crossings decided by now, in order of time; each is given out once
   */
  update(objects: readonly TrackedObject[], timeS: number): Crossing[] {
    this.#startS ??= timeS;
    if (this.#nowS !== undefined && timeS > this.#nowS) this.#frameS = timeS - this.#nowS;
    this.#nowS = timeS;
    this.#given = this.#given.filter((p) => timeS - p.timeS <= REMEMBERED_S);
    const heirs = this.#succession.update(objects, timeS);
    const present = new Set<number>();
    for (const object of objects) {
      present.add(object.id);
      if (object.lost) continue;
      const way = this.#ways.get(object.id) ?? this.#begin(object, timeS, heirs.get(object.id));
      for (const member of object.members ?? []) this.#join(way, member);
      way.follow(object, timeS, this.#frameS, this.#lines);
    }
    const decided: Crossing[] = [];
    for (const way of this.#ways.values()) {
      if (present.has(way.id)) this.#give(way, timeS - this.#options.settleS, decided);
      else if (timeS - way.lastSeenS > this.#options.handOverS) this.#end(way, decided);
    }
    return inOrder(decided);
  }

  /** The source has ended: gives out what still waits, and begins anew. */
  finish(): Crossing[] {
    const decided: Crossing[] = [];
    for (const way of [...this.#ways.values()]) this.#end(way, decided);
    this.reset();
    return inOrder(decided);
  }

  /** Forgets all objects, also crossings not yet given out. */
  reset(): void {
    this.#ways.clear();
    this.#given = [];
    this.#succession.clear();
    this.#startS = this.#nowS = undefined;
    this.#frameS = 0;
  }

  #begin(object: TrackedObject, timeS: number, predecessor: number | undefined): CrossingState {
    const way = new CrossingState(object, timeS, timeS > this.#startS!, this.#options);
    this.#ways.set(way.id, way);
    const before = this.#ways.get(predecessor ?? -1);
    if (before) {
      way.takeOver(before, this.#lines);
      this.#ways.delete(before.id);
    }
    return way;
  }

  #join(way: CrossingState, member: number): void {
    const part = this.#ways.get(member);
    if (!part || part === way) return;
    way.absorb(part, this.#lines);
    this.#ways.delete(member);
    this.#succession.forget(member);
  }

  #end(way: CrossingState, into: Crossing[]): void {
    this.#ways.delete(way.id);
    way.leave(this.#frameS, this.#lines);
    this.#give(way, Infinity, into);
  }

  #give(way: CrossingState, untilS: number, into: Crossing[]): void {
    for (const passage of way.take(untilS, untilS - this.#options.doubtS)) {
      const kind = kindOf(way.label);
      if (!kind || this.#isExplained(passage, way)) continue;
      const { line, direction, timeS, at } = passage;
      this.#given.push(passage);
      into.push({ line: line.id, kind, direction, atS: timeS, at, objectId: way.id });
    }
  }

  /** Whether another object made this very passage, or is about to be said to have made it. */
  #isExplained(passage: TrackCrossing, by: CrossingState): boolean {
    if (passage.named) return false;
    const likely = by.named ? isPart : isNear;
    if (this.#given.some((p) => isSame(p, passage) && likely(p, passage))) return true;
    return [...this.#ways.values()].some(
      (way) => way !== by && way.named && way.isWaitingFor(passage, likely),
    );
  }
}

const inOrder = (crossings: Crossing[]) => crossings.sort((a, b) => a.atS - b.atS);
