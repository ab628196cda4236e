/**
 * Counting objects that cross lines.
 *
 * - An object must have been seen clearly on both sides; the dead band around the line is a share of its size.
 * - Where and when it crossed is interpolated between frames, so that fast cars at a few frames a second count; the
 *   place must be on the segment and the motion steep enough against it.
 * - A new id that appears where an old one was lost continues its state (`track-stitching.ts`): an unstable id never
 *   counts twice, and a crossing during the gap is not missed.
 * - The border: an object that moves out of the picture passes every line between its last place and the border, and
 *   one that moves in has passed every line between the border and its first place, provided that the border cut it
 *   off, or was within a frame's motion, when it was last (first) seen. An object of the first frame did not enter. An
 *   object that vanishes or appears further inside is not extended.
 * - A count is given out only after `settleS`, with the class the object has by then, or when the object ends: a rider
 *   is not a pedestrian because the bicycle was recognised three frames later. An object that turns back within that
 *   time has not crossed.
 * - An object without a certain detection does not count beside another one that crosses at the same place and time: it
 *   is a faintly detected part of that one (half a rider, a wheel behind a passer-by). Neither does an object inside
 *   the other one that was recognised only later: a wheel taken for a bicycle while the whole leaves the picture.
 */
import type { Vec } from '../../../vision/geometry/boxes.ts';
import { complete, type CounterOptions } from './counter-options.ts';
import { Line, type Direction } from './line-geometry.ts';
import { kindOf, type CountedKind } from '../../../vision/tracking/labels.ts';
import { TrackStitcher } from '../../../vision/tracking/track-stitching.ts';
import type { TrackedObject } from '../../../vision/tracking/track.ts';
import { mostTelling, standingAtLine, type Standing } from './held-back.ts';
import { isNear, isPart, isSame, CrossingState, type TrackCrossing } from './crossing-state.ts';

/** A line in fractions of the picture; the positive side is to the right of a -> b (y down). */
export interface LineSpec {
  readonly id: string;
  readonly a: Vec;
  readonly b: Vec;
  /** Minimum angle between path and line for a crossing to count, in pixel geometry, 0..90 degrees. */
  readonly minAngleDeg?: number;
}

/** One crossing of a line. */
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

/** Time for which crossings are kept to detect late duplicates, seconds. */
const REMEMBERED_S = 10;

export class LineCounter {
  readonly #options: Required<CounterOptions>;
  #lines: readonly Line[] = [];
  readonly #ways = new Map<number, CrossingState>();
  readonly #succession: TrackStitcher;
  /** Crossings reported lately. */
  #given: TrackCrossing[] = [];
  /** Crossings that another object made. */
  readonly #explained = new WeakSet<TrackCrossing>();
  #startS: number | undefined;
  #nowS: number | undefined;
  /** Time between the last two frames. */
  #frameS = 0;

  /** @throws {RangeError} when a line has no length or an option is invalid; the message names it */
  constructor(lines: readonly LineSpec[], options: CounterOptions) {
    this.#options = complete(options);
    this.#succession = new TrackStitcher(this.#options.handOverS);
    this.setLines(lines);
  }

  /**
   * Replaces the lines. An unchanged line keeps its state of the objects around it; crossings of a removed line are
   * still reported.
   * @throws {RangeError} when a line has no length; the old lines stay in force
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
   * @returns the crossings decided by now, in order of time; each is reported once
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

  /** How an object stands to the lines that it is near to; undefined where it is near to none. */
  standing(id: number): Standing | undefined {
    const way = this.#ways.get(id);
    const nowS = this.#nowS;
    if (!way || nowS === undefined) return undefined;
    return mostTelling(this.#lines.map((line) => standingAtLine(way, line, nowS, this.#explained)));
  }

  /** Ends the source: reports pending crossings and resets. */
  finish(): Crossing[] {
    const decided: Crossing[] = [];
    for (const way of [...this.#ways.values()]) this.#end(way, decided);
    this.reset();
    return inOrder(decided);
  }

  /** Discards all objects, and crossings not reported yet. */
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
      if (!kind) continue;
      if (this.#isExplained(passage, way)) {
        this.#explained.add(passage);
        continue;
      }
      const { line, direction, timeS, at } = passage;
      this.#given.push(passage);
      into.push({ line: line.id, kind, direction, atS: timeS, at, objectId: way.id });
    }
  }

  /** Whether another object has made this crossing, or is about to be reported for it. */
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
