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
 *   is not a pedestrian because the bicycle under him was recognised three frames later.
 */
import { centreOf, groundPointOf, heightOf, sizeOf, widthOf, type Vec } from './boxes.ts';
import { Line, SideMemory, type Direction, type Passage, type Step } from './crossing.ts';
import type { Box } from './detection.ts';
import { kindOf, type CountedKind } from './labels.ts';
import { Succession } from './succession.ts';
import type { PictureSize, TrackedObject } from './track.ts';

/** A line in fractions of the picture; the positive side is to the right of a -> b (y down). */
export interface LineSpec {
  readonly id: string;
  readonly a: Vec;
  readonly b: Vec;
  /** A crossing flatter than this against the line is not counted, in pixels' geometry, 0..90. */
  readonly minAngleDeg?: number;
}

export type { TrackedObject as CountedObject };

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

export interface LineCounterOptions {
  readonly picture: PictureSize;
  /** The point that must cross: the middle of the box, or the middle of its lower edge. */
  readonly anchor?: 'centre' | 'ground';
  /** Half the width of the dead band, as a share of the object's size (root of its area). */
  readonly deadBand?: number;
  /** How long a lost object's memory waits for a successor, seconds. */
  readonly handOverS?: number;
  /** How long a count waits for the object's class to settle, seconds. */
  readonly settleS?: number;
}

interface Way {
  readonly id: number;
  readonly sides: SideMemory[];
  readonly first: Step;
  readonly firstBox: Box;
  /** Whether it may have come in over the border; decided once, when it has moved. */
  entry: 'possible' | 'decided';
  last: Step;
  box: Box;
  velocity: Vec;
  label: string;
  confirmed: boolean;
  members: number;
  /** Crossings made, waiting to be given out. */
  waiting: LinePassage[];
  /** Crossings given out. */
  given: LinePassage[];
  /** Crossings that a part of this object made before it was known to be a part; not to be repeated. */
  borrowed: LinePassage[];
}

interface LinePassage extends Passage {
  /** Index of the line. */
  readonly line: number;
}

/** What leaves more slowly than this may as well have stopped, seconds. */
const LEAVE_S = 2;

const DEFAULTS = { anchor: 'centre', deadBand: 0.15, handOverS: 1.5, settleS: 1 } as const;

export class LineCounter {
  private readonly lines: readonly Line[];
  private readonly options: Required<LineCounterOptions>;
  private readonly ways = new Map<number, Way>();
  private readonly succession: Succession;
  private startS: number | undefined;
  private frameS = 0;
  private nowS = 0;

  /** @throws {RangeError} when a line has no length or an option makes no sense */
  constructor(lines: readonly LineSpec[], options: LineCounterOptions) {
    this.options = { ...DEFAULTS, ...options };
    const { picture, deadBand, handOverS, settleS } = this.options;
    for (const [name, value] of Object.entries({ deadBand, handOverS, settleS })) {
      if (!(value >= 0 && Number.isFinite(value))) {
        throw new RangeError(`${name} must be a finite number from 0 up, got ${value}.`);
      }
    }
    const toPixels = (p: Vec): Vec => [p[0] * picture.width, p[1] * picture.height];
    this.lines = lines.map((l) => new Line(l.id, toPixels(l.a), toPixels(l.b), l.minAngleDeg));
    this.succession = new Succession(handOverS);
  }

  /**
   * Takes the objects of one frame, lost and unconfirmed ones among them.
   * @returns the crossings decided by now, in order of time
   */
  update(objects: readonly TrackedObject[], timeS: number): Crossing[] {
    this.startS ??= timeS;
    this.frameS = timeS > this.nowS ? timeS - this.nowS : this.frameS;
    this.nowS = timeS;
    const heirs = this.succession.update(objects, timeS);
    const present = new Set<number>();
    for (const object of objects) {
      present.add(object.id);
      if (object.lost) continue;
      let way = this.ways.get(object.id);
      if (!way) {
        way = this.open(object, timeS);
        const before = this.ways.get(heirs.get(object.id) ?? -1);
        if (before) this.takeOver(way, before);
      }
      for (const member of object.members ?? []) {
        const other = this.ways.get(member);
        if (other && other !== way) this.absorb(way, other);
      }
      this.advance(way, object, timeS);
    }
    const decided: Crossing[] = [];
    for (const way of this.ways.values()) {
      if (present.has(way.id)) this.give(way, timeS - this.options.settleS, decided);
      else if (timeS - way.last.timeS > this.options.handOverS) this.close(way, decided);
    }
    return inOrder(decided);
  }

  /** The source has ended: gives out what still waits. */
  finish(): Crossing[] {
    const decided: Crossing[] = [];
    for (const way of [...this.ways.values()]) this.close(way, decided);
    this.reset();
    return inOrder(decided);
  }

  /** Forgets everything, also what waits. */
  reset(): void {
    this.ways.clear();
    this.succession.clear();
    this.startS = undefined;
  }

  private anchor(box: Box): Vec {
    return this.options.anchor === 'ground' ? groundPointOf(box) : centreOf(box);
  }

  private open(object: TrackedObject, timeS: number): Way {
    const first: Step = { at: this.anchor(object.box), timeS };
    const way: Way = {
      id: object.id,
      sides: this.lines.map((line) => new SideMemory(line)),
      first,
      firstBox: object.box,
      entry: timeS > this.startS! ? 'possible' : 'decided',
      last: first,
      box: object.box,
      velocity: object.velocity,
      label: object.label,
      confirmed: object.confirmed,
      members: object.members?.length ?? 0,
      waiting: [],
      given: [],
      borrowed: [],
    };
    this.ways.set(object.id, way);
    return way;
  }

  private advance(way: Way, object: TrackedObject, timeS: number): void {
    const to: Step = { at: this.anchor(object.box), timeS };
    const band = this.options.deadBand * sizeOf(object.box);
    const members = object.members?.length ?? 0;
    if (members !== way.members) {
      way.members = members;
      this.rebase(way, to);
    }
    way.box = object.box;
    way.velocity = object.velocity;
    way.label = object.label;
    way.confirmed = object.confirmed;
    way.sides.forEach((side, line) => {
      const passage = side.step(way.last, to, band);
      if (passage) this.note(way, { ...passage, line });
    });
    way.last = to;
    if (way.entry === 'possible') this.decideEntry(way);
  }

  /** Tracks were joined to one object: its box, and so its anchor, is another, which is no motion. */
  private rebase(way: Way, to: Step): void {
    const dt = to.timeS - way.last.timeS;
    const by: Vec = [
      to.at[0] - way.last.at[0] - way.velocity[0] * dt,
      to.at[1] - way.last.at[1] - way.velocity[1] * dt,
    ];
    way.last = { at: shifted(way.last.at, by), timeS: way.last.timeS };
    for (const side of way.sides) side.shift(by);
  }

  /** Once an object has moved by half its size it shows whether it came in over the border. */
  private decideEntry(way: Way): void {
    const motion: Vec = [way.last.at[0] - way.first.at[0], way.last.at[1] - way.first.at[1]];
    const size = sizeOf(way.firstBox);
    if (Math.hypot(motion[0], motion[1]) < 0.5 * size) return;
    way.entry = 'decided';
    const lasted = way.last.timeS - way.first.timeS;
    const velocity: Vec = [motion[0] / lasted, motion[1] / lasted];
    const outside = this.beyond(way.firstBox, [-velocity[0], -velocity[1]]);
    if (!outside) return;
    const origin: Step = { at: shifted(way.first.at, outside), timeS: way.first.timeS };
    this.lines.forEach((line, index) => {
      const clear = way.sides[index]!.clear;
      if (!clear || [...way.waiting, ...way.given].some((p) => p.line === index)) return;
      const before = new SideMemory(line);
      before.step(undefined, origin, 0);
      const passage = before.step(origin, clear, 0);
      if (passage) this.note(way, { ...passage, line: index });
    });
  }

  /**
   * The shift along `velocity` that takes a box out of the picture, if the border it leaves over is no further than a
   * frame's motion and half of it would be out within `LEAVE_S`; else undefined.
   */
  private beyond(box: Box, velocity: Vec): Vec | undefined {
    const { width, height } = this.options.picture;
    const [vx, vy] = velocity;
    const reach = this.frameS;
    const margin = [0.01 * width, 0.01 * height] as const;
    let least = Infinity;
    const consider = (gap: number, extent: number, speed: number) => {
      if (speed <= 0 || gap > speed * reach || gap + extent / 2 > speed * LEAVE_S) return;
      least = Math.min(least, (Math.max(0, gap) + extent) / speed);
    };
    consider(box[0] - margin[0], widthOf(box), -vx);
    consider(width - margin[0] - box[2], widthOf(box), vx);
    consider(box[1] - margin[1], heightOf(box), -vy);
    consider(height - margin[1] - box[3], heightOf(box), vy);
    return least === Infinity ? undefined : [vx * least, vy * least];
  }

  private takeOver(way: Way, before: Way): void {
    way.sides.forEach((side, line) => {
      const n = this.lines[line]!.normal;
      const towards = before.velocity[0] * n[0] + before.velocity[1] * n[1];
      side.inherit(before.sides[line]!, way.first.at, towards);
    });
    way.entry = 'decided';
    way.last = before.last;
    way.waiting.push(...before.waiting);
    way.given.push(...before.given);
    this.ways.delete(before.id);
  }

  /** A track turned out to be part of this object: what it has crossed the object need not cross again. */
  private absorb(way: Way, part: Way): void {
    for (const passage of part.given) {
      const repeated = way.waiting.findIndex((p) => isSameCrossing(p, passage));
      if (repeated >= 0) way.waiting.splice(repeated, 1);
      else way.borrowed.push(passage);
      way.given.push(passage);
    }
    for (const passage of part.waiting) {
      if ([...way.waiting, ...way.given].some((p) => isSameCrossing(p, passage))) continue;
      way.waiting.push(passage);
      way.borrowed.push(passage);
    }
    way.sides.forEach((side, line) => {
      if (side.side === undefined) side.inherit(part.sides[line]!, way.last.at, 0);
    });
    way.confirmed ||= part.confirmed;
    this.ways.delete(part.id);
    this.succession.forget(part.id);
  }

  private note(way: Way, passage: LinePassage): void {
    const known = way.borrowed.findIndex((p) => isSameCrossing(p, passage));
    if (known >= 0) way.borrowed.splice(known, 1);
    else way.waiting.push(passage);
  }

  private give(way: Way, untilS: number, into: Crossing[]): void {
    if (!way.confirmed || way.waiting.length === 0) return;
    const kind = kindOf(way.label);
    way.waiting = way.waiting.filter((passage) => {
      if (passage.timeS > untilS) return true;
      way.given.push(passage);
      if (kind) {
        into.push({
          line: this.lines[passage.line]!.id,
          kind,
          direction: passage.direction,
          atS: passage.timeS,
          at: passage.at,
          objectId: way.id,
        });
      }
      return false;
    });
  }

  /** The object has gone for good: the way it left by the border, then everything that still waits. */
  private close(way: Way, into: Crossing[]): void {
    this.ways.delete(way.id);
    const outside = this.beyond(way.box, way.velocity);
    if (outside) {
      const to: Step = { at: shifted(way.last.at, outside), timeS: way.last.timeS + this.frameS };
      way.sides.forEach((side, line) => {
        const passage = side.step(way.last, to, 0);
        if (passage) this.note(way, { ...passage, line });
      });
    }
    this.give(way, Infinity, into);
  }
}

/** The same line in the same direction within this time is the same crossing, when two tracks become one object. */
const SAME_CROSSING_S = 2;

const isSameCrossing = (p: LinePassage, q: LinePassage) =>
  p.line === q.line && p.direction === q.direction && Math.abs(p.timeS - q.timeS) < SAME_CROSSING_S;

const shifted = (p: Vec, by: Vec): Vec => [p[0] + by[0], p[1] + by[1]];

const inOrder = (crossings: Crossing[]) => crossings.sort((a, b) => a.atS - b.atS);
